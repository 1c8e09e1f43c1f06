import { inner, leaves, type Bracketed } from '../http/brackets.js';
import type { Call } from '../http/call.js';

export type Test<R> = (row: R) => boolean;

/** Turns the value of one `filter[...]` parameter into a test. */
export type Filter<R> = (value: Bracketed, call: Call) => Test<R>;
export type Filters<R> = Readonly<Record<string, Filter<R>>>;

/** The value is one of the given ones: `filter[x]=1` or `filter[x][]=1&filter[x][]=2`. */
export function among<R>(valueOf: (row: R) => string | number | null): Filter<R> {
  return (value) => {
    const wanted = new Set(leaves(value));
    return (row) => wanted.has(String(valueOf(row)));
  };
}

/** `[from]` and `[to]`, both inclusive; what a bare number means differs between lists. */
export function range<R>(valueOf: (row: R) => number | null, bare: 'after' | 'equal'): Filter<R> {
  return (value) => {
    if (typeof value === 'string') {
      const given = Number(value);
      return (row) => (bare === 'after' ? (valueOf(row) ?? 0) > given : valueOf(row) === given);
    }
    const from = Number(leaves(inner(value, 'from'))[0] ?? -Infinity);
    const to = Number(leaves(inner(value, 'to'))[0] ?? Infinity);
    return (row) => {
      const own = valueOf(row);
      return own !== null && own >= from && own <= to;
    };
  };
}

/** Rows that pass every filter of the query that this list knows; others are ignored, as amoCRM does. */
export function applyFilters<R>(call: Call, rows: Iterable<R>, filters: Filters<R>): R[] {
  const given = call.query['filter'];
  const tests: Test<R>[] = [];
  for (const [name, make] of Object.entries(filters)) {
    const value = inner(given, name);
    if (value !== undefined) tests.push(make(value, call));
  }
  const passed: R[] = [];
  for (const row of rows) if (tests.every((test) => test(row))) passed.push(row);
  return passed;
}

/** Ids of `filter[id]`, null when the query has none. */
export function filteredIds(call: Call, name = 'id'): number[] | null {
  const value = inner(call.query['filter'], name);
  return value === undefined ? null : [...new Set(leaves(value).map(Number))];
}
