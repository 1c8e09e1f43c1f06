import { Global, Module } from '@nestjs/common';
import { DictionariesPostgresModule } from './dictionaries-postgres.module.js';

/** Binds the ports of the context `clients` to Postgres. */
@Global()
@Module({ imports: [DictionariesPostgresModule], providers: [], exports: [] })
export class ClientsPostgresModule {}
