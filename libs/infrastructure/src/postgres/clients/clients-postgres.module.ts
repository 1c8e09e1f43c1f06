import { Global, Module } from '@nestjs/common';
import { DictionariesPostgresModule } from './dictionaries-postgres.module.js';
import { HistoryPostgresModule } from './history-postgres.module.js';

/** Binds the ports of the context `clients` to Postgres. */
@Global()
@Module({ imports: [DictionariesPostgresModule, HistoryPostgresModule], providers: [], exports: [] })
export class ClientsPostgresModule {}
