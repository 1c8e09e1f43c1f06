import { Module } from '@nestjs/common';
import { DictionariesApplicationModule } from './dictionaries.module.js';
import { HistoryApplicationModule } from './history.module.js';

/** The clients context: people and companies. */
@Module({ imports: [DictionariesApplicationModule, HistoryApplicationModule], providers: [] })
export class ClientsApplicationModule {}
