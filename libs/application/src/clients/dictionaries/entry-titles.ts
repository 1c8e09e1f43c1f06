import type { RequestContext } from '../../shared/context/request-context.js';
import type { DictionaryScreens } from '../ports/dictionaries.js';
import { titleIn } from './dictionary-views.js';
import { SOURCES } from '../ports/known-dictionaries.js';

/** What the entries of a dictionary are called; null for none. */
export type TitleOf = (entryId: string | null) => string | null;

/** Says what entries are called; asks nothing when there are none. */
export const entryTitles = async (
  dictionaries: DictionaryScreens,
  code: string,
  language: RequestContext['language'],
  entryIds: readonly (string | null)[],
): Promise<TitleOf> => {
  const ids = [...new Set(entryIds.filter((id) => id !== null))];
  if (ids.length === 0) return () => null;
  const dictionary = await dictionaries.recent(code, ids);
  const titles = new Map(dictionary?.entries.map((entry) => [entry.id, titleIn(language, entry.titles)]));
  return (id) => (id === null ? null : (titles.get(id) ?? null));
};

/** What the sources of clients are called. */
export const sourceTitles = (
  dictionaries: DictionaryScreens,
  language: RequestContext['language'],
  sourceIds: readonly (string | null)[],
): Promise<TitleOf> => entryTitles(dictionaries, SOURCES, language, sourceIds);
