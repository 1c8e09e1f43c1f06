import type { DictionaryFacts } from '#domain/clients/dictionaries/dictionary.js';
import { type DictionaryEntry, inTreeOrder } from '#domain/clients/dictionaries/dictionary-entry.js';
import type { DictionaryEntryView, DictionaryView, TitlesView } from '../queries/get-dictionary/dictionary.view.js';

/** A title in a reader's language, or else in Russian. */
export const titleIn = (language: 'ru' | 'en', titles: TitlesView | null | undefined): string | null =>
  (language === 'en' ? titles?.en : null) ?? titles?.ru ?? null;

/** A dictionary as its screen shows it. */
export const dictionaryView = (facts: DictionaryFacts, entries: readonly DictionaryEntry[]): DictionaryView => ({
  id: facts.id,
  code: facts.code,
  titles: facts.titles,
  isSystem: facts.isSystem,
  version: facts.version,
  entries: inTreeOrder(entries).map(entryView),
});

const entryView = ({
  id,
  code,
  titles,
  parentId,
  depth,
  position,
  archivedAt,
}: DictionaryEntry & { depth: number }): DictionaryEntryView => ({
  id,
  code,
  titles,
  parentId,
  depth,
  position,
  isArchived: archivedAt !== null,
});
