import type { NamePrefix, SearchTerms } from '#domain/clients/search-terms.js';
import type { ClientOrder, ClientPlace, ClientSelection } from '#application/clients/ports/client-screens.js';
import { ROW_COLUMNS } from './client-rows.js';

/** A statement and its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Column and direction of an order; each has an index. */
const ORDERS: Readonly<Record<ClientOrder, readonly [column: string, cast: string, direction: 'ASC' | 'DESC']>> = {
  created: ['created_at', 'timestamptz', 'ASC'],
  '-created': ['created_at', 'timestamptz', 'DESC'],
  updated: ['updated_at', 'timestamptz', 'ASC'],
  '-updated': ['updated_at', 'timestamptz', 'DESC'],
  name: ['name_key', 'text', 'ASC'],
  '-name': ['name_key', 'text', 'DESC'],
  '-deleted': ['deleted_at', 'timestamptz', 'DESC'],
};

/** Behind every text that begins with a prefix, and before all others. */
const LAST_CHARACTER = '\u{10FFFF}';

/** The pattern of a fragment, whatever signs are in it. */
export const like = (fragment: string): string => `%${fragment.replace(/[\\%_]/g, '\\$&')}%`;

/** The statement of a list: one, whatever is asked. It reads one row more than it shows. */
export const listStatement = (
  workspaceId: string,
  selection: ClientSelection,
  order: ClientOrder,
  limit: number,
  after: ClientPlace | null,
): Statement => {
  const values: unknown[] = [workspaceId];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const [column, cast, direction] = ORDERS[order];
  const comparison = direction === 'DESC' ? '<' : '>';
  const where = [
    'workspace_id = $1',
    `deleted_at IS ${selection.deleted ? 'NOT NULL' : 'NULL'}`,
    ...columnConditions(selection, place),
    ...selection.keys.map((key) => keyCondition(place(key))),
    ...(selection.search ? searchConditions(selection.search, place) : []),
    ...(after ? [`(${column}, id) ${comparison} (${place(after[0])}::${cast}, ${place(after[1])}::uuid)`] : []),
  ];
  // Only the view lets an index look for fragments.
  const table = selection.search?.kind === 'fragments' ? 'clients_searched' : 'clients';
  return {
    sql: `SELECT ${ROW_COLUMNS}${column === 'name_key' ? ', name_key' : ''} FROM ${table} AS clients WHERE ${where.join(' AND ')}
      ORDER BY ${qualified(column)} ${direction}, id ${direction} LIMIT ${place(limit + 1)}`,
    values,
  };
};

/** The select list has texts of the same name. */
const qualified = (column: string): string => `clients.${column}`;

type Place = (value: unknown) => string;

const columnConditions = (selection: ClientSelection, place: Place): readonly string[] =>
  (
    [
      ['kind = ?', selection.kind],
      ['responsible_id = ?', selection.responsibleId],
      ['created_at >= ?', selection.createdFrom],
      ['created_at < ?', selection.createdTo],
      ['updated_at >= ?', selection.updatedFrom],
      ['updated_at < ?', selection.updatedTo],
    ] as const
  ).flatMap(([condition, value]) => (value === undefined ? [] : [condition.replace('?', place(value))]));

const keyCondition = (place: string): string =>
  `EXISTS (SELECT FROM client_keys k WHERE k.workspace_id = $1 AND k.key = ${place} AND k.client_id = clients.id)`;

const searchConditions = (search: SearchTerms | NamePrefix, place: Place): readonly string[] => {
  if (search.kind === 'prefix') {
    return [`name_key >= ${place(search.prefix)}`, `name_key < ${place(search.prefix + LAST_CHARACTER)}`];
  }
  return search.groups.map(
    (group) => `(${group.map((fragment) => `search_text LIKE ${place(like(fragment))}`).join(' OR ')})`,
  );
};
