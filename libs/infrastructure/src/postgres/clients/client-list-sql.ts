import type { NamePrefix, SearchTerms } from '#domain/clients/search-terms.js';
import type { ClientOrder, ClientPlace, ClientSelection } from '#application/clients/ports/client-screens.js';
import { ROW_COLUMNS, ROW_SOURCES } from './client-rows.js';

/** A statement and its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * Rows that a walk looks at. A short one tells how the fragments come nearby: when it finds `often`, one of `further` meets a page of
 * them. Where many are expected elsewhere, behind a heap of others, as after an import, one of `past` gets there. Neighbours in the
 * order of names lie all over the disk: no walk along it may be so long.
 */
const IN_ORDER_OF_TIME = { walked: 1_000, often: 5, further: 15_000, past: 100_000 };
const BOUNDS = {
  created_at: IN_ORDER_OF_TIME,
  updated_at: IN_ORDER_OF_TIME,
  deleted_at: IN_ORDER_OF_TIME,
  name_key: { walked: 2_500, often: 5, further: 15_000, past: 15_000 },
} as const;
/** So many are no longer gathered gladly: it takes some microseconds each. */
const MANY = 30_000;

/** Column and direction of an order; each has an index. */
const ORDERS: Readonly<
  Record<ClientOrder, readonly [column: keyof typeof BOUNDS, cast: string, direction: 'ASC' | 'DESC']>
> = {
  created: ['created_at', 'timestamptz', 'ASC'],
  '-created': ['created_at', 'timestamptz', 'DESC'],
  updated: ['updated_at', 'timestamptz', 'ASC'],
  '-updated': ['updated_at', 'timestamptz', 'DESC'],
  name: ['name_key', 'text', 'ASC'],
  '-name': ['name_key', 'text', 'DESC'],
  '-deleted': ['deleted_at', 'timestamptz', 'DESC'],
};

/** Behind every text that begins with a prefix, and before all others. */
export const LAST_CHARACTER = '\u{10FFFF}';

/** The pattern of a fragment, whatever signs are in it. */
export const like = (fragment: string): string => `%${fragment.replace(/[\\%_]/g, '\\$&')}%`;

/** One try at a list. */
export interface ListTry extends Statement {
  /** Whether its rows are the answer; if not, the next one is tried. */
  readonly isAnswer: (rows: readonly object[]) => boolean;
  /** It is left out when the one before found fewer rows, or when fewer clients are expected to fit. */
  readonly leastFound?: number;
  readonly leastExpected?: number;
}

export interface ListTries {
  readonly tries: readonly ListTry[];
  /** Asks the planner for how many clients it expects to fit; null where no try wants to know. */
  readonly expected: Statement | null;
}

/**
 * The statements of a list, to be tried one after another; each reads one row more than it shows. What an index or the planner's
 * statistics answer takes one. Of fragments, what many clients have is found soon by walking along the order, what few have is
 * gathered by an index of its own and sorted. Left to itself the planner takes what it expects to be spread evenly, and where it comes
 * in heaps, as names do in the order of names, that is wrong by seconds. So walks are bounded; its estimate of how many there are is
 * good, and takes less than a millisecond.
 */
export const listTries = (
  workspaceId: string,
  selection: ClientSelection,
  order: ClientOrder,
  limit: number,
  after: ClientPlace | null,
): ListTries => {
  const values: unknown[] = [workspaceId];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const [column, cast, direction] = ORDERS[order];
  const comparison = direction === 'DESC' ? '<' : '>';
  const alongIndex = [
    'workspace_id = $1',
    `deleted_at IS ${selection.deleted ? 'NOT NULL' : 'NULL'}`,
    ...columnConditions(selection, place, true, column),
    ...impliedConditions(selection, place, column),
    ...(selection.search?.kind === 'prefix' ? prefixConditions(selection.search, place) : []),
    ...(after ? [`(${column}, id) ${comparison} (${place(after[0])}::${cast}, ${place(after[1])}::uuid)`] : []),
  ];
  const others = [
    ...columnConditions(selection, place, false, column),
    ...(selection.search?.kind === 'fragments' ? fragmentConditions(selection.search, place) : []),
  ];
  const keys = selection.keys.map(place);
  const sorted = `ORDER BY ${qualified(column)} ${direction}, clients.id ${direction} LIMIT`;
  const parts = { column, alongIndex, others, keys, sorted, read: place(limit + 1) };
  const isFull: ListTry['isAnswer'] = (rows) => rows.length > limit;
  if (selection.search?.kind !== 'fragments') {
    return { tries: [{ sql: plain(parts), values, isAnswer: () => true }], expected: null };
  }
  const { walked, often, further, past } = BOUNDS[column];
  const walking = (bound: number): ListTry => ({ sql: walk(parts, bound), values, isAnswer: isFull });
  return {
    tries: [
      walking(walked),
      { ...walking(further), leastFound: often },
      { ...walking(past), leastExpected: MANY },
      { sql: gather(parts), values, isAnswer: () => true },
    ],
    expected: expectation(workspaceId, selection, selection.search, column),
  };
};

const expectation = (
  workspaceId: string,
  selection: ClientSelection,
  terms: SearchTerms,
  column: string,
): Statement => {
  const values: unknown[] = [workspaceId];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    'workspace_id = $1',
    `deleted_at IS ${selection.deleted ? 'NOT NULL' : 'NULL'}`,
    ...[true, false].flatMap((areAlongIndex) => columnConditions(selection, place, areAlongIndex, column)),
    ...fragmentConditions(terms, place),
  ];
  return { sql: `EXPLAIN (FORMAT JSON) SELECT FROM clients_searched WHERE ${all(conditions)}`, values };
};

interface Parts {
  readonly column: keyof typeof BOUNDS;
  /** Conditions that the index of the order answers, and those that it does not. */
  readonly alongIndex: readonly string[];
  readonly others: readonly string[];
  /** Places of the keys that a client must have. */
  readonly keys: readonly string[];
  readonly sorted: string;
  readonly read: string;
}

const plain = ({ alongIndex, others, keys, sorted, read }: Parts): string =>
  `SELECT ${ROW_COLUMNS} FROM clients WHERE ${all([...alongIndex, ...others, ...keys.map(isOneOfKey)])} ${sorted} ${read}`;

const walk = ({ column, alongIndex, others, keys, sorted, read }: Parts, bound: number): string => {
  const columns = [...new Set([...ROW_SOURCES, column, 'search_text'])].join(', ');
  return `
    SELECT ${ROW_COLUMNS} FROM (SELECT ${columns} FROM clients WHERE ${all(alongIndex)} ${sorted} ${bound}) AS clients
    WHERE ${all([...others, ...keys.map(hasKey)])} ${sorted} ${read}`;
};

// Only the view lets an index look for fragments, and only by itself: beside a table under a policy it would not. For the same
// reason the last join is by a plain column.
const gather = ({ column, alongIndex, others, keys, sorted, read }: Parts): string => `
    WITH found AS MATERIALIZED (
      SELECT id, ${column} FROM clients_searched AS clients WHERE ${all([...alongIndex, ...others])}
    ), page AS MATERIALIZED (
      SELECT id FROM found AS clients WHERE ${all(['true', ...keys.map(hasKey)])} ${sorted} ${read}
    )
    SELECT ${ROW_COLUMNS.replace('id,', 'clients.id,')}
    FROM page JOIN clients ON clients.workspace_id = $1 AND clients.id = page.id ${sorted} ${read}`;

const all = (conditions: readonly string[]): string => conditions.join(' AND ');

/** The select list has texts of the same name. */
const qualified = (column: string): string => `clients.${column}`;

type Place = (value: unknown) => string;

/** Of the conditions on columns, those that the index of the order has, or the others. */
const columnConditions = (
  selection: ClientSelection,
  place: Place,
  areAlongIndex: boolean,
  sortedBy: string,
): readonly string[] =>
  (
    [
      ['kind', '=', selection.kind],
      ['responsible_id', '=', selection.responsibleId],
      ['created_at', '>=', selection.createdFrom],
      ['created_at', '<', selection.createdTo],
      ['updated_at', '>=', selection.updatedFrom],
      ['updated_at', '<', selection.updatedTo],
    ] as const
  ).flatMap(([column, comparison, value]) =>
    value === undefined || isAlongIndex(column, sortedBy) !== areAlongIndex
      ? []
      : [`${column} ${comparison} ${place(value)}`],
  );

/** Nobody is changed before being created: what is asked of one time bounds the walk along the other. */
const impliedConditions = (selection: ClientSelection, place: Place, sortedBy: string): readonly string[] => {
  const { createdFrom, updatedTo } = selection;
  return [
    ...(sortedBy === 'updated_at' && createdFrom ? [`updated_at >= ${place(createdFrom)}`] : []),
    ...(sortedBy === 'created_at' && updatedTo ? [`created_at < ${place(updatedTo)}`] : []),
  ];
};

const isAlongIndex = (column: string, sortedBy: string): boolean =>
  column === sortedBy || column === 'kind' || (column === 'responsible_id' && sortedBy === 'created_at');

const keyRow = (key: string): string =>
  `FROM client_keys k WHERE k.workspace_id = $1 AND k.key = ${key} AND k.client_id = clients.id`;
/** Asked of one row after another: a join would read all that have the key, to look at fifty. */
const hasKey = (key: string): string => `(SELECT true ${keyRow(key)})`;
const isOneOfKey = (key: string): string => `EXISTS (SELECT ${keyRow(key)})`;

const prefixConditions = ({ prefix }: NamePrefix, place: Place): readonly string[] => [
  `name_key >= ${place(prefix)}`,
  `name_key < ${place(prefix + LAST_CHARACTER)}`,
];

const fragmentConditions = ({ groups }: SearchTerms, place: Place): readonly string[] =>
  groups.map((group) => `(${group.map((fragment) => `search_text LIKE ${place(like(fragment))}`).join(' OR ')})`);
