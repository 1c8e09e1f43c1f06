import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { AmoCall } from '#application/deals/ports/amo-deals.js';
import type { AmoHttp } from './amo-http.js';
import type { Query } from './php-query.js';
import { claimsNext, embedded, type WireRecord } from './wire-value.js';

/** amoCRM: at most 250 rows on a page of any list but events. */
export const PAGE_ROWS = 250;

export interface ListRequest {
  readonly path: string;
  readonly query?: Query;
  /** Name of the list in `_embedded`. */
  readonly list: string;
  /**
   * Sizes of page to use, each a divisor of the one before: when a page is too heavy for amoCRM, the next size is
   * tried from the same row on.
   */
  readonly pageSizes?: readonly number[];
}

/** Sizes for lists that nothing but the page size can make lighter. */
export const SHRINKING_PAGES = [PAGE_ROWS, 125, 25, 5];

/**
 * Pages of a list, none empty. Ends with 204, an empty page, a page that is not full, or one that names no next: amoCRM
 * names a next page after the last one too, and its totals are not to be trusted (amoCRM API: paging).
 */
export async function* readPages(
  http: AmoHttp,
  { path, query, list, pageSizes = [PAGE_ROWS] }: ListRequest,
  call: AmoCall,
): AsyncGenerator<readonly WireRecord[], void> {
  let size = 0;
  let offset = 0;
  for (;;) {
    const limit = pageSizes[size] ?? PAGE_ROWS;
    let body: unknown;
    try {
      body = await http.send({ method: 'GET', path, query: { ...query, limit, page: offset / limit + 1 } }, call);
    } catch (error) {
      if (!AppError.is(error, crmErrors['crm.too_heavy']) || ++size >= pageSizes.length) throw error;
      continue;
    }
    const rows = embedded(body, list);
    if (rows.length > 0) yield rows;
    if (rows.length < limit || !claimsNext(body)) return;
    offset += limit;
  }
}

/** All rows of a list. */
export const readAll = async (http: AmoHttp, request: ListRequest, call: AmoCall): Promise<WireRecord[]> => {
  const rows: WireRecord[] = [];
  for await (const page of readPages(http, { pageSizes: SHRINKING_PAGES, ...request }, call)) rows.push(...page);
  return rows;
};
