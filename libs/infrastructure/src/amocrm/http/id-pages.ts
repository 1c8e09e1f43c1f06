import { phpQuery, type Query } from './php-query.js';

/** Longest path with query that is sent. Servers in front of amoCRM refuse lines of 8 KiB and more. */
export const MAX_TARGET_BYTES = 8_000;

/**
 * Cut a list of ids into pages whose request lines stay short enough.
 *
 * @param max      most ids on a page, at least 1
 * @param queryOf  the query that asks for a page
 * @returns pages in the order of `ids`, none empty
 */
export const idPages = (
  ids: readonly number[],
  { path, max, queryOf }: { path: string; max: number; queryOf: (page: readonly number[]) => Query },
): number[][] => {
  const bare = path.length + 1 + phpQuery(queryOf([])).length;
  const pages: number[][] = [];
  let bytes = 0;
  for (const id of ids) {
    // What one more id costs: its own part of the query and the ampersand.
    const cost = phpQuery(queryOf([id])).length - phpQuery(queryOf([])).length + 1;
    const page = pages.at(-1);
    if (page && page.length < max && bytes + cost <= MAX_TARGET_BYTES) {
      page.push(id);
      bytes += cost;
    } else {
      pages.push([id]);
      bytes = bare + cost;
    }
  }
  return pages;
};
