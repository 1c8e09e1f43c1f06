import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { DictionaryView } from './dictionary.view.js';

/**
 * One dictionary with all its entries, archived ones too. The way in which other contexts read dictionaries.
 *
 * @throws AppError `clients.dictionary_unknown`
 */
@Permission('dictionaries:read')
export class GetDictionaryQuery extends Query<DictionaryView> {
  constructor(
    /** Its id, or its code: `sources`. */
    readonly key: string,
  ) {
    super();
  }
}
