import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../../ports/dictionaries.js';
import type { DictionaryView } from './dictionary.view.js';
import { GetDictionaryQuery } from './get-dictionary.query.js';

@QueryHandler(GetDictionaryQuery)
export class GetDictionaryHandler implements IQueryHandler<GetDictionaryQuery> {
  constructor(@Inject(DICTIONARY_SCREENS) private readonly screens: DictionaryScreens) {}

  async execute({ key }: GetDictionaryQuery): Promise<DictionaryView> {
    const view = await this.screens.one(key);
    if (!view) throw new AppError(clientsErrors['clients.dictionary_unknown']);
    return view;
  }
}
