import { Inject, Injectable } from '@nestjs/common';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import type { Dictionary } from '#domain/clients/dictionaries/dictionary.js';
import type { DictionaryEntry } from '#domain/clients/dictionaries/dictionary-entry.js';
import { AppError } from '#domain/shared/app-error.js';
import type { DictionaryEntryId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { DICTIONARIES, type Dictionaries } from '../ports/dictionaries.js';
import type { DictionaryView } from '../queries/get-dictionary/dictionary.view.js';
import { dictionaryView } from './dictionary-views.js';

type Change = (dictionary: Dictionary) => void;

/** Changes dictionaries in the open transaction, with their audit lines. */
@Injectable()
export class DictionaryStore {
  constructor(
    @Inject(DICTIONARIES) private readonly dictionaries: Dictionaries,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async add(dictionary: Dictionary): Promise<DictionaryView> {
    const { id, code, titles } = dictionary.facts;
    const version = await this.dictionaries.save(dictionary);
    await this.audit.record({ entityType: 'clients.dictionary', entityId: id, before: null, after: { code, titles } });
    return dictionaryView({ ...dictionary.facts, version }, dictionary.entries);
  }

  /** @throws AppError `clients.dictionary_unknown` | `shared.version_conflict` */
  async rename(key: string, expected: number | undefined, change: Change): Promise<DictionaryView> {
    const dictionary = this.found(await this.dictionaries.lock(key), expected);
    const { id, titles: before } = dictionary.facts;
    change(dictionary);
    const version = await this.dictionaries.save(dictionary);
    const after = { titles: dictionary.facts.titles };
    await this.audit.record({
      entityType: 'clients.dictionary',
      entityId: id,
      before: { titles: before },
      after,
    });
    return dictionaryView({ ...dictionary.facts, version }, dictionary.entries);
  }

  /** @throws AppError `clients.dictionary_unknown` | `clients.dictionary_is_system` | `clients.dictionary_entry_in_use` */
  async remove(key: string): Promise<void> {
    const dictionary = this.found(await this.dictionaries.lock(key), undefined);
    dictionary.assertDeletable();
    await this.dictionaries.remove(dictionary);
    const { id, code, titles } = dictionary.facts;
    await this.audit.record({ entityType: 'clients.dictionary', entityId: id, before: { code, titles }, after: null });
  }

  /** Add an entry to the dictionary that `key` names. */
  async addEntry(key: string, expected: number | undefined, entryId: DictionaryEntryId, change: Change) {
    return this.entryChanged(this.found(await this.dictionaries.lock(key), expected), entryId, change);
  }

  /** Change or remove an entry, wherever it is. @throws AppError `clients.dictionary_entry_unknown` */
  async changeEntry(entryId: DictionaryEntryId, expected: number | undefined, change: Change) {
    const dictionary = await this.dictionaries.lockOf(entryId);
    if (!dictionary) throw new AppError(clientsErrors['clients.dictionary_entry_unknown']);
    return this.entryChanged(this.found(dictionary, expected), entryId, change);
  }

  private async entryChanged(dictionary: Dictionary, entryId: DictionaryEntryId, change: Change) {
    const told = (): Record<string, unknown> | null => toldOf(dictionary.entries.find(({ id }) => id === entryId));
    const before = told();
    change(dictionary);
    const version = await this.dictionaries.save(dictionary);
    await this.audit.record({
      entityType: 'clients.dictionary_entry',
      entityId: entryId,
      before,
      after: told(),
    });
    return dictionaryView({ ...dictionary.facts, version }, dictionary.entries);
  }

  private found(dictionary: Dictionary | null, expected: number | undefined): Dictionary {
    if (!dictionary) throw new AppError(clientsErrors['clients.dictionary_unknown']);
    const { version } = dictionary.facts;
    if (expected !== undefined && expected !== version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: version } });
    }
    return dictionary;
  }
}

const toldOf = (entry: DictionaryEntry | undefined): Record<string, unknown> | null => {
  if (!entry) return null;
  const { code, titles, parentId, position, archivedAt } = entry;
  return { code, titles, parentId, position, archivedAt: archivedAt?.toISOString() ?? null };
};
