import type { RequestContext } from '../../shared/context/request-context.js';
import type { DictionaryScreens } from '../ports/dictionaries.js';
import { titleIn } from './dictionary-views.js';

/** The dictionary that clients' sources are entries of. */
export const SOURCES = 'sources';

/** Says what the sources of clients are called; asks nothing when there are none. */
export const sourceTitles = async (
  dictionaries: DictionaryScreens,
  language: RequestContext['language'],
  sourceIds: readonly (string | null)[],
): Promise<(sourceId: string | null) => string | null> => {
  const ids = [...new Set(sourceIds.filter((id) => id !== null))];
  if (ids.length === 0) return () => null;
  const dictionary = await dictionaries.recent(SOURCES, ids);
  const titles = new Map(dictionary?.entries.map((entry) => [entry.id, titleIn(language, entry.titles)]));
  return (id) => (id === null ? null : (titles.get(id) ?? null));
};
