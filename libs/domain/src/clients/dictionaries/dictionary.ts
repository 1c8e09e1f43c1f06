import { AggregateRoot } from '../../shared/aggregate-root.js';
import { AppError } from '../../shared/app-error.js';
import type { DictionaryEntryId, DictionaryId } from '../../shared/ids.js';
import { sharedErrors } from '../../shared/shared.errors.js';
import { clientsErrors } from '../clients.errors.js';
import {
  type DictionaryEntry,
  heightOf,
  isWithin,
  levelOf,
  MAX_DEPTH,
  MAX_ENTRIES,
  type Titles,
} from './dictionary-entry.js';

/** A dictionary's content changed: whoever keeps a copy should read it again. */
export const DICTIONARY_CHANGED = 'clients.dictionary_changed';

export interface DictionaryFacts {
  readonly id: DictionaryId;
  readonly code: string;
  readonly titles: Titles;
  /** Known to the product: it may be renamed and filled, not deleted. */
  readonly isSystem: boolean;
  /** Grows with every change of the dictionary or of an entry; 0 until it is stored for the first time. */
  readonly version: number;
}

export interface EntryPlace {
  readonly parentId?: DictionaryEntryId | null;
  /** Place among the siblings; at the end when left out. */
  readonly position?: number;
}

export type NewEntry = Pick<DictionaryEntry, 'id' | 'code' | 'titles'> & EntryPlace;

export interface EntryChange extends EntryPlace {
  readonly titles?: Titles;
  readonly isArchived?: boolean;
}

/** A list of values that a workspace keeps: ordered, nested, archived rather than forgotten. */
export class Dictionary extends AggregateRoot {
  readonly #entries: Map<DictionaryEntryId, DictionaryEntry>;
  #isToldChanged = false;

  private constructor(
    private current: DictionaryFacts,
    entries: readonly DictionaryEntry[],
  ) {
    super();
    this.#entries = new Map(entries.map((entry) => [entry.id, entry]));
  }

  static create(facts: Pick<DictionaryFacts, 'id' | 'code' | 'titles'>): Dictionary {
    const made = new Dictionary({ ...facts, isSystem: false, version: 0 }, []);
    made.changed();
    return made;
  }

  static restore(facts: DictionaryFacts, entries: readonly DictionaryEntry[]): Dictionary {
    return new Dictionary(facts, entries);
  }

  get facts(): DictionaryFacts {
    return this.current;
  }

  get entries(): readonly DictionaryEntry[] {
    return [...this.#entries.values()];
  }

  /** @throws AppError `clients.dictionary_entry_unknown` */
  entry(id: DictionaryEntryId): DictionaryEntry {
    const found = this.#entries.get(id);
    if (!found) throw new AppError(clientsErrors['clients.dictionary_entry_unknown']);
    return found;
  }

  rename(titles: Titles): void {
    this.current = { ...this.current, titles };
    this.changed();
  }

  /** @throws AppError `clients.dictionary_code_taken` | `shared.validation_failed` */
  add({ id, code, titles, parentId = null, position }: NewEntry): void {
    if (this.#entries.size >= MAX_ENTRIES)
      throw fault('', 'too_many', `a dictionary has at most ${MAX_ENTRIES} entries`);
    if (this.entries.some((entry) => entry.code === code)) {
      throw new AppError(clientsErrors['clients.dictionary_code_taken'], { details: { code } });
    }
    this.assertFits(parentId, 1);
    this.#entries.set(id, { id, code, titles, parentId, position: 0, archivedAt: null });
    this.place(id, position);
    this.changed();
  }

  /** @throws AppError `clients.dictionary_entry_unknown` | `shared.validation_failed` */
  change(id: DictionaryEntryId, { titles, isArchived, parentId, position }: EntryChange, at: Date): void {
    const entry = this.entry(id);
    const moves = parentId !== undefined && parentId !== entry.parentId;
    if (moves) {
      if (parentId !== null && isWithin(this.#entries, parentId, id)) {
        throw fault('parentId', 'cycle', 'an entry cannot hang below itself');
      }
      this.assertFits(parentId, heightOf(this.entries, id));
    }
    const archivedAt = isArchived === undefined ? entry.archivedAt : isArchived ? (entry.archivedAt ?? at) : null;
    this.#entries.set(id, {
      ...entry,
      titles: titles ?? entry.titles,
      parentId: moves ? parentId : entry.parentId,
      archivedAt,
    });
    if (moves) this.close(entry.parentId);
    if (moves || position !== undefined) this.place(id, position);
    this.changed();
  }

  /** Take an entry out; whether something still names it is for the store to say. @throws AppError when it has children */
  remove(id: DictionaryEntryId): void {
    const { parentId } = this.entry(id);
    if (this.entries.some((entry) => entry.parentId === id)) {
      throw new AppError(clientsErrors['clients.dictionary_entry_in_use'], { detail: 'other entries hang below it' });
    }
    this.#entries.delete(id);
    this.close(parentId);
    this.changed();
  }

  /** @throws AppError `clients.dictionary_is_system` */
  assertDeletable(): void {
    if (this.current.isSystem) throw new AppError(clientsErrors['clients.dictionary_is_system']);
  }

  private assertFits(parentId: DictionaryEntryId | null, height: number): void {
    if (parentId === null) return;
    if (!this.#entries.has(parentId)) throw fault('parentId', 'unknown_parent', 'is no entry of this dictionary');
    if (levelOf(this.#entries, parentId) + height > MAX_DEPTH) {
      throw fault('parentId', 'too_deep', `entries are nested at most ${MAX_DEPTH} levels deep`);
    }
  }

  private siblings(parentId: DictionaryEntryId | null): DictionaryEntry[] {
    return this.entries.filter((entry) => entry.parentId === parentId).sort((a, b) => a.position - b.position);
  }

  private place(id: DictionaryEntryId, position: number | undefined): void {
    const entry = this.entry(id);
    const others = this.siblings(entry.parentId).filter((sibling) => sibling.id !== id);
    const at = Math.min(position ?? others.length, others.length);
    this.number([...others.slice(0, at), entry, ...others.slice(at)]);
  }

  private close(parentId: DictionaryEntryId | null): void {
    this.number(this.siblings(parentId));
  }

  private number(siblings: readonly DictionaryEntry[]): void {
    for (const [position, entry] of siblings.entries()) this.#entries.set(entry.id, { ...entry, position });
  }

  private changed(): void {
    if (this.#isToldChanged) return;
    this.#isToldChanged = true;
    const { id, code } = this.current;
    this.raise({ wireName: DICTIONARY_CHANGED, payload: { dictionaryId: id, code } });
  }
}

const fault = (path: string, code: string, message: string): AppError =>
  new AppError(sharedErrors['shared.validation_failed'], { issues: [{ path, code, message }] });
