import { Module } from '@nestjs/common';
import { ClientsApplicationModule } from '#application/clients/clients.module.js';

/** Routes of the clients context. */
@Module({ imports: [ClientsApplicationModule], controllers: [] })
export class ClientsHttpModule {}
