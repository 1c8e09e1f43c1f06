import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { fillClients } from '#testing/clients/fill-clients.js';
import { idOfMany, idOfSource } from '#testing/clients/many-clients.js';
import { fillHistory } from '#testing/clients/fill-history.js';
import { type ClientsHouse, clientsHouse } from './clients-house.js';

/*
 * What the product sends to answer its lists is taken from the wire, and the server is asked how it would carry it out: as the
 * application's role, under the policies, among so many rows that reading a whole table is dearer than any index.
 */

const MANY = 20_000;
/** A table with so many rows must not be read whole, nor so many rows be sorted. */
const BIG = 5_000;

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}
interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

let house: ClientsHouse;
let big: ReadonlySet<string>;
let sent: Sent[] = [];

/** Where `pg` is handed what goes over the wire. */
const wire = pg.Client.prototype as unknown as { query(asked: { readonly statements?: readonly Sent[] }): unknown };
const { query } = wire;

beforeAll(async () => {
  wire.query = function (this: unknown, asked, ...others: unknown[]) {
    sent.push(...(asked.statements ?? []));
    return (query as (...all: unknown[]) => unknown).call(this, asked, ...others);
  };
  house = await clientsHouse();
  await fillClients(house.database.ownerUrl, house.workspaceId, 1, MANY + 1);
  await fillHistory(house.database.ownerUrl, house.workspaceId, house.adminId, MANY);
  const tables = await house.database.owner.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND reltuples >= $1`,
    [BIG],
  );
  big = new Set(tables.map(({ name }) => name));
});
afterAll(async () => {
  wire.query = query;
  await house.close();
});

const nodesOf = (node: Plan): readonly Plan[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** What is wrong with the way in which a statement would be carried out. */
const faultsOf = async ({ text, values }: Sent): Promise<readonly string[]> => {
  const [row] = await house.database.app.transaction(async (manager) => {
    await manager.query(`SELECT set_config('app.workspace_id', $1, true)`, [house.workspaceId]);
    return manager.query<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
  });
  const nodes = row!['QUERY PLAN'].flatMap(({ Plan: root }) => nodesOf(root));
  return nodes.flatMap((node) => {
    const relation = node['Relation Name'] ?? '';
    if (node['Node Type'] === 'Seq Scan' && big.has(relation)) return [`reads all of ${relation}`];
    const sorted = node['Node Type'] === 'Sort' ? (node.Plans?.[0]?.['Plan Rows'] ?? 0) : 0;
    return sorted >= BIG ? [`sorts ${sorted} rows`] : [];
  });
};

/** Ask, and look at everything that was read for the answer. */
const faultsOfAsking = async (method: 'GET' | 'POST', path: string, body?: object): Promise<readonly string[]> => {
  sent = [];
  const answer = await house.send(method, path, body);
  expect({ path, status: answer.statusCode }).toEqual({ path, status: 200 });
  const read = sent.filter(({ text }) => /^\s*(SELECT|WITH)\b/u.test(text) && /\bFROM\b/u.test(text));
  expect(read.length).toBeGreaterThan(0);
  const faults = [];
  for (const statement of read) {
    for (const fault of await faultsOf(statement)) faults.push(`${fault}: ${statement.text.slice(0, 2_000)}`);
  }
  return faults;
};

const SORTS = ['created', '-created', 'updated', '-updated', 'name', '-name'];
const FILTERS: readonly string[] = [
  '',
  'kind=company',
  'tag=vip',
  `sourceId=${idOfSource(0)}`,
  `tag=vip&sourceId=${idOfSource(0)}&kind=person`,
  'tag=nobody',
  'responsibleId=01890000-0000-7000-8000-0000000000bb',
  'createdFrom=2023-11-05T00:00:00Z&createdTo=2023-11-06T00:00:00Z',
  'updatedFrom=2023-11-20T00:00:00Z',
  'field=city:Казань',
  'q=ова',
  'q=кузнецова мар',
  'q=вектор',
  'q=8 912 345',
  'q=щукин вениамин',
  'q=кузнецова мар&kind=person&tag=vip',
];

describe('what the product reads', () => {
  beforeAll(async () => {
    await house.send('POST', '/fields', { code: 'city', type: 'text', title: 'Город' });
  });

  it.each(FILTERS)('for lists with %j, in every order', async (filter) => {
    for (const sort of SORTS)
      expect(await faultsOfAsking('GET', `?limit=50&sort=${sort}&${encodeURI(filter)}`)).toEqual([]);
    expect(await faultsOfAsking('GET', `?deleted=true&${encodeURI(filter)}`)).toEqual([]);
  });

  it.each(SORTS)('for the pages behind the first one in the order %s', async (sort) => {
    const first = await house.send('GET', `?limit=200&sort=${sort}`);
    const { nextCursor } = first.json<{ nextCursor: string }>();
    expect(await faultsOfAsking('GET', `?limit=50&sort=${sort}&cursor=${nextCursor}`)).toEqual([]);
  });

  it('for what is being typed', async () => {
    for (const name of ['Кузнецова Мария', 'Кузмецова Мария', 'Щукин Вениамин', 'Вектор', 'Алекандров Алексей']) {
      const typed = { name, phones: ['8 912 345-67-89'], emails: ['client77@example.org'], inn: '7707083893' };
      expect(await faultsOfAsking('POST', '/duplicates', typed)).toEqual([]);
    }
  });

  it.each([
    '',
    '/links',
    '/comments',
    '/comments?limit=200',
    '/timeline',
    '/timeline?kinds=call',
    '/timeline?kinds=comment&limit=200',
  ])('for one client: %s', async (what) => {
    expect(await faultsOfAsking('GET', `/${idOfMany(1)}${what}`)).toEqual([]);
  });

  it.each([
    'dictionaries',
    'dictionaries/sources',
    'clients/views',
    'clients/fields',
    'audit',
    'audit?command=CreateClientCommand',
    'audit?actorKind=user',
    'audit?entityType=clients.client&entityId=01890000-0000-7000-8000-000000000001',
    'audit?from=2026-01-01T00:00:00Z&limit=200',
    'analytics/summary?from=2026-01-02&to=2026-01-03',
  ])('for %s', async (what) => {
    expect(await faultsOfAsking('GET', `/../${what}`)).toEqual([]);
  });

  it('is seen when it is a whole table, or sorts one', async () => {
    await house.database.owner.query('DROP INDEX clients_by_name, clients_by_kind_name');
    const faults = await faultsOfAsking('GET', '?limit=50&sort=name');
    expect(faults.join('\n')).toMatch(/sorts \d+ rows|reads all of clients/u);
  });
});
