import type { Dictionary } from '#domain/clients/dictionaries/dictionary.js';
import type { DictionaryEntryId } from '#domain/shared/ids.js';
import type { DictionaryView } from '../queries/get-dictionary/dictionary.view.js';
import type { DictionaryListView } from '../queries/list-dictionaries/dictionary-list.view.js';

/** Dictionaries of the workspace at hand. */
export interface Dictionaries {
  /** By id or code, held until the transaction ends: changes of one dictionary come one after another. */
  lock(key: string): Promise<Dictionary | null>;
  /** The dictionary that an entry belongs to, held as by `lock`. */
  lockOf(entryId: DictionaryEntryId): Promise<Dictionary | null>;
  /**
   * Store what changed, with the events.
   *
   * @returns the version as it was stored
   * @throws AppError `clients.dictionary_code_taken` | `clients.dictionary_entry_in_use`
   */
  save(dictionary: Dictionary): Promise<number>;
  /** Delete it with its entries. @throws AppError `clients.dictionary_entry_in_use` */
  remove(dictionary: Dictionary): Promise<void>;
}
export const DICTIONARIES = Symbol('Dictionaries');

/** Dictionaries as screens show them. */
export interface DictionaryScreens {
  list(): Promise<DictionaryListView>;
  /** By id or code. */
  one(key: string): Promise<DictionaryView | null>;
  /**
   * By code, for what is asked with every row of a list: it may be as old as `RECENT_MS`, but it knows `entryIds` where they
   * exist.
   */
  recent(code: string, entryIds: readonly string[]): Promise<DictionaryView | null>;
}
/** How old, at most, a recent dictionary is, in milliseconds. */
export const RECENT_MS = 2_000;

export const DICTIONARY_SCREENS = Symbol('DictionaryScreens');
