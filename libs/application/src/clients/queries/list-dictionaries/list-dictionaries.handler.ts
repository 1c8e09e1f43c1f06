import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../../ports/dictionaries.js';
import type { DictionaryListView } from './dictionary-list.view.js';
import { ListDictionariesQuery } from './list-dictionaries.query.js';

@QueryHandler(ListDictionariesQuery)
export class ListDictionariesHandler implements IQueryHandler<ListDictionariesQuery> {
  constructor(@Inject(DICTIONARY_SCREENS) private readonly screens: DictionaryScreens) {}

  execute(): Promise<DictionaryListView> {
    return this.screens.list();
  }
}
