import { Command } from '@nestjs/cqrs';
import type { Titles } from '#domain/clients/dictionaries/dictionary-entry.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { DictionaryView } from '../../queries/get-dictionary/dictionary.view.js';

/** Make a dictionary of the workspace's own, empty. @throws AppError `clients.dictionary_code_taken` */
@Permission('dictionaries:manage')
export class CreateDictionaryCommand extends Command<DictionaryView> {
  constructor(
    /** Unique in the workspace, never changed: `[a-z][a-z0-9_]*`. */
    readonly code: string,
    readonly titles: Titles,
  ) {
    super();
  }
}

/** Call a dictionary something else. @throws AppError `clients.dictionary_unknown` | `shared.version_conflict` */
@Permission('dictionaries:manage')
export class RenameDictionaryCommand extends Command<DictionaryView> {
  constructor(
    readonly key: string,
    readonly titles: Titles,
    /** The version that the caller saw; undefined = whatever it is. */
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

/**
 * Delete a dictionary of the workspace's own that nothing names.
 *
 * @throws AppError `clients.dictionary_unknown` | `clients.dictionary_is_system` | `clients.dictionary_entry_in_use`
 */
@Permission('dictionaries:manage')
export class DeleteDictionaryCommand extends Command<void> {
  constructor(readonly key: string) {
    super();
  }
}
