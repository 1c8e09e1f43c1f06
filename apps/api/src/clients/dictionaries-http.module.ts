import { Module } from '@nestjs/common';
import { DictionariesController } from './dictionaries.controller.js';
import { DictionaryEntriesController } from './dictionary-entries.controller.js';

/** Routes of dictionaries. */
@Module({ controllers: [DictionariesController, DictionaryEntriesController] })
export class DictionariesHttpModule {}
