import { Module } from '@nestjs/common';
import { ClientsApplicationModule } from '#application/clients/clients.module.js';
import { DictionariesHttpModule } from './dictionaries-http.module.js';

/** Routes of the clients context. */
@Module({ imports: [ClientsApplicationModule, DictionariesHttpModule], controllers: [] })
export class ClientsHttpModule {}
