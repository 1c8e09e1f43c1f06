import { noContent, ok, type Answer } from './answers.js';
import { formatBrackets, inner, leaves, type Bracketed } from './brackets.js';
import type { Call } from './call.js';

export const MAX_LIMIT = 250;
const DEFAULT_LIMIT = 50;

export interface Page {
  readonly page: number;
  readonly limit: number;
}

/** `page` from 1 and `limit` 1…250, default 50. amoCRM: more than 250 is cut to 250. */
export function pageOf(call: Call, maxLimit = MAX_LIMIT): Page {
  return {
    page: positive(call.query['page'], 1),
    limit: Math.min(positive(call.query['limit'], DEFAULT_LIMIT), maxLimit),
  };
}

function positive(value: Bracketed | undefined, fallback: number): number {
  const parsed = Number(leaves(value)[0] ?? fallback);
  return Number.isInteger(parsed) && parsed > 0 ? parsed : fallback;
}

export interface ListOptions<R> {
  readonly key: string;
  readonly rows: readonly R[];
  readonly model: (row: R) => unknown;
  /** Small lists carry totals and an empty one is 200, not 204. */
  readonly totals?: boolean;
  /** Longest page, default 250. */
  readonly maxLimit?: number;
}

/**
 * One page of a list in the HAL envelope. amoCRM: a full page links to the next one even when that is empty; the
 * setting `nextLink` has the other readings.
 */
export function listAnswer<R>(call: Call, { key, rows, model, totals = false, maxLimit }: ListOptions<R>): Answer {
  const { page, limit } = pageOf(call, maxLimit);
  const slice = rows.slice((page - 1) * limit, page * limit);
  if (slice.length === 0 && !(totals && page === 1)) return noContent;
  const href = (number: number): { href: string } => ({ href: pageHref(call, number, limit) });
  const pageCount = Math.max(1, Math.ceil(rows.length / limit));
  return ok({
    ...(totals ? { _total_items: rows.length, _page_count: pageCount } : {}),
    _page: page,
    _links: {
      self: href(page),
      ...(linksToNext(call, slice.length, rows.length - page * limit, limit) ? { next: href(page + 1) } : {}),
      ...(page > 1 ? { first: href(1), prev: href(page - 1) } : {}),
      ...(totals ? { last: href(pageCount) } : {}),
    },
    _embedded: { [key]: slice.map(model) },
  });
}

function linksToNext({ settings }: Call, shown: number, left: number, limit: number): boolean {
  switch (settings.nextLink) {
    case 'exact':
      return left > 0;
    case 'full_page':
      return shown === limit;
    case 'always':
      return true;
  }
}

function pageHref(call: Call, page: number, limit: number): string {
  const rest = { ...call.query, limit: String(limit), page: String(page) };
  return `${call.baseUrl}${call.path}?${formatBrackets(rest)}`;
}

/** Sort by `order[field]=asc|desc` when the field is allowed, else by id upwards. */
export function ordered<R extends { id: number | string }>(
  call: Call,
  rows: R[],
  allowed: readonly (keyof R & string)[],
): R[] {
  const field = allowed.find((name) => inner(call.query['order'], name) !== undefined) ?? 'id';
  const sign = String(inner(call.query['order'], field) ?? 'asc').toLowerCase() === 'desc' ? -1 : 1;
  const key = (row: R): number => Number(row[field]);
  return rows.sort((a, b) => sign * (key(a) - key(b) || Number(a.id) - Number(b.id)));
}
