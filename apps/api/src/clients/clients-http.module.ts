import { Module } from '@nestjs/common';
import { ClientsApplicationModule } from '#application/clients/clients.module.js';
import { DictionariesHttpModule } from './dictionaries-http.module.js';
import { HistoryHttpModule } from './history-http.module.js';

/** Routes of the clients context. */
@Module({ imports: [ClientsApplicationModule, DictionariesHttpModule, HistoryHttpModule], controllers: [] })
export class ClientsHttpModule {}
