import { Module } from '@nestjs/common';
import { DictionariesApplicationModule } from './dictionaries.module.js';

/** The clients context: people and companies. */
@Module({ imports: [DictionariesApplicationModule], providers: [] })
export class ClientsApplicationModule {}
