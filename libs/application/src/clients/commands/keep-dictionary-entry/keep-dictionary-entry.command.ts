import { Command } from '@nestjs/cqrs';
import type { EntryChange, EntryPlace } from '#domain/clients/dictionaries/dictionary.js';
import type { Titles } from '#domain/clients/dictionaries/dictionary-entry.js';
import type { DictionaryEntryId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { DictionaryView } from '../../queries/get-dictionary/dictionary.view.js';

export interface NewEntryInput extends EntryPlace {
  /** Unique in the dictionary, never changed; made from the id when left out. */
  readonly code?: string;
  readonly titles: Titles;
}

/**
 * Add an entry.
 *
 * @returns the dictionary as it is then
 * @throws AppError `clients.dictionary_unknown` | `clients.dictionary_code_taken` | `shared.validation_failed`
 *   (parent unknown, too deep, too many) | `shared.version_conflict`
 */
@Permission('dictionaries:manage')
export class AddDictionaryEntryCommand extends Command<DictionaryView> {
  constructor(
    readonly key: string,
    readonly entry: NewEntryInput,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

/**
 * Rename, move, archive or take back an entry.
 *
 * @returns the dictionary as it is then
 * @throws AppError `clients.dictionary_entry_unknown` | `shared.validation_failed` | `shared.version_conflict`
 */
@Permission('dictionaries:manage')
export class ChangeDictionaryEntryCommand extends Command<DictionaryView> {
  constructor(
    readonly entryId: DictionaryEntryId,
    readonly change: EntryChange,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

/**
 * Delete an entry that nothing names and nothing hangs below.
 *
 * @throws AppError `clients.dictionary_entry_unknown` | `clients.dictionary_entry_in_use`
 */
@Permission('dictionaries:manage')
export class DeleteDictionaryEntryCommand extends Command<void> {
  constructor(readonly entryId: DictionaryEntryId) {
    super();
  }
}
