import { Module } from '@nestjs/common';
import {
  CreateDictionaryHandler,
  DeleteDictionaryHandler,
  RenameDictionaryHandler,
} from './commands/keep-dictionary/keep-dictionary.handler.js';
import {
  AddDictionaryEntryHandler,
  ChangeDictionaryEntryHandler,
  DeleteDictionaryEntryHandler,
} from './commands/keep-dictionary-entry/keep-dictionary-entry.handler.js';
import { DictionaryStore } from './dictionaries/dictionary-store.js';
import { GetDictionaryHandler } from './queries/get-dictionary/get-dictionary.handler.js';
import { ListDictionariesHandler } from './queries/list-dictionaries/list-dictionaries.handler.js';

/** Dictionaries: the part of the clients context that every context may read. */
@Module({
  providers: [
    CreateDictionaryHandler,
    RenameDictionaryHandler,
    DeleteDictionaryHandler,
    AddDictionaryEntryHandler,
    ChangeDictionaryEntryHandler,
    DeleteDictionaryEntryHandler,
    GetDictionaryHandler,
    ListDictionariesHandler,
    DictionaryStore,
  ],
})
export class DictionariesApplicationModule {}
