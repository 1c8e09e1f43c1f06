import { Global, Module } from '@nestjs/common';

/** Binds the ports of the context `clients` to Postgres. */
@Global()
@Module({ providers: [], exports: [] })
export class ClientsPostgresModule {}
