import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSearch } from '#domain/clients/search-terms.js';
import type { ClientOrder, ClientSelection } from '#application/clients/ports/client-screens.js';
import { listStatement } from '#infrastructure/postgres/clients/client-list-sql.js';
import { duplicatesStatement, misspeltStatement } from '#infrastructure/postgres/clients/duplicates-sql.js';
import { fillClients } from '#testing/clients/fill-clients.js';
import { type ClientsHouse, clientsHouse } from './clients-house.js';

interface Row {
  id: string;
  name: string;
  createdAt: string;
  reasons?: string[];
  similarity?: number;
}
interface Rows {
  items: Row[];
  nextCursor: string | null;
}

/** A workspace with as many clients as a small company has. */
const BIG = '01890000-0000-7000-8000-0000000000bb';
const MANY = 20_000;

let house: ClientsHouse;
beforeAll(async () => {
  house = await clientsHouse();
});
afterAll(() => house.close());

const create = async (name: string, more: object = {}): Promise<string> =>
  (await house.send('POST', '', { name, ...more })).json<{ id: string }>().id;
const list = async (query: Record<string, string>): Promise<Rows> =>
  (await house.send('GET', `?${new URLSearchParams(query).toString()}`)).json<Rows>();
const names = async (query: Record<string, string>) => (await list(query)).items.map(({ name }) => name);
const duplicates = async (typed: object) =>
  (await house.send('POST', '/duplicates', typed))
    .json<Rows>()
    .items.map(({ name, reasons }) => [name, ...(reasons ?? [])]);

describe('lists', () => {
  beforeAll(async () => {
    await create('Кузнецова Мария Фёдоровна', {
      phones: [{ value: '8 (916) 123-45-67' }],
      emails: [{ value: 'Maria.K@Example.ru' }],
      tags: ['VIP'],
      source: 'site',
    });
    await create('Ёлкин Пётр', { names: { middle: 'Артёмович' }, responsibleId: house.adminId });
    await create('Мартынов Кузьма', { phones: [{ value: '+7 495 111-22-33' }] });
    await create('ООО «Ромашка» 100%_\\', { kind: 'company', inn: '7707083893', tags: ['vip', 'опт'] });
    await create('محمد علي 🙂', { tags: ['опт'] });
  });

  it.each([
    ['кузнецова', ['Кузнецова Мария Фёдоровна']],
    ['МАР кузнец', ['Кузнецова Мария Фёдоровна']],
    ['федоров', ['Кузнецова Мария Фёдоровна']],
    ['елкин артем', ['Ёлкин Пётр']],
    ['кузь март', ['Мартынов Кузьма']],
    ['+7 916 123-45-67', ['Кузнецова Мария Фёдоровна']],
    ['89161234567', ['Кузнецова Мария Фёдоровна']],
    ['123-45', ['Кузнецова Мария Фёдоровна']],
    ['8 495 111', ['Мартынов Кузьма']],
    ['maria.k@example', ['Кузнецова Мария Фёдоровна']],
    ['7707083893', ['ООО «Ромашка» 100%_\\']],
    ['100%_\\', ['ООО «Ромашка» 100%_\\']],
    ['ООО "Ромашка"', ['ООО «Ромашка» 100%_\\']],
    ['Кузнецова, Мария: 8 (916) 123-45-67, доб. 3', ['Кузнецова Мария Фёдоровна']],
    ['محمد', ['محمد علي 🙂']],
    ['%%%', []],
    ['мария такой нет', []],
    ['   ', []],
    ['м', ['Мартынов Кузьма']],
    ['Ёл', ['Ёлкин Пётр']],
    ['🙂', []],
  ])('find by %j', async (q, expected) => {
    expect(await names({ q })).toEqual(expected);
  });

  it('are filtered, sorted, and read page by page without a gap', async () => {
    expect(await names({ sort: 'name' })).toEqual([
      'Ёлкин Пётр',
      'Кузнецова Мария Фёдоровна',
      'Мартынов Кузьма',
      'ООО «Ромашка» 100%_\\',
      'محمد علي 🙂',
    ]);
    expect(await names({ sort: '-name', kind: 'person', limit: '2' })).toEqual(['محمد علي 🙂', 'Мартынов Кузьма']);
    expect(await names({ tag: 'ViP', sort: 'name' })).toEqual(['Кузнецова Мария Фёдоровна', 'ООО «Ромашка» 100%_\\']);
    expect(await names({ source: 'site' })).toEqual(['Кузнецова Мария Фёдоровна']);
    expect(await names({ responsibleId: house.adminId })).toEqual(['Ёлкин Пётр']);
    expect(await names({ createdTo: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(
      (await names({ createdFrom: '2020-01-01T00:00:00Z', updatedFrom: '2020-01-01T03:00:00+03:00' })).length,
    ).toBe(5);
    for (const sort of ['created', '-created', 'updated', '-updated', 'name', '-name']) {
      const whole = await names({ sort });
      const read: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Rows = await list({ sort, limit: '2', ...(cursor && { cursor }) });
        read.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      } while (cursor);
      expect(read).toEqual(whole);
    }
  });

  it('have cursors that are taken, however long the names', async () => {
    const long = await Promise.all(['я', '🙂', '"'].map((sign) => create(sign.repeat(300 / sign.length))));
    const { nextCursor } = await list({ sort: '-name', limit: '1' });
    expect((await list({ sort: '-name', limit: '1', cursor: nextCursor! })).items.length).toBe(1);
    for (const id of long) await house.send('DELETE', `/${id}`);
  });

  it('show each of those that are sorted the same once', async () => {
    const twins = await Promise.all(Array.from({ length: 5 }, () => create('Близнец', { tags: ['twin'] })));
    for (const sort of ['name', '-name']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Rows = await list({ tag: 'twin', sort, limit: '2', ...(cursor && { cursor }) });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen.toSorted()).toEqual(twins.toSorted());
    }
    for (const id of twins) await house.send('DELETE', `/${id}`);
  });

  it('refuse what they do not know', async () => {
    const forged = (at: string) => Buffer.from(JSON.stringify(['-created', at, house.adminId])).toString('base64url');
    const { nextCursor } = await list({ sort: 'name', limit: '1' });
    for (const query of [
      '?limit=201',
      '?limit=0',
      '?sort=shoe',
      '?kind=dog',
      `?cursor=${nextCursor}`,
      '?cursor=x',
      `?cursor=${forged('2026-02-30T00:00:00.000Z')}`,
      `?cursor=${forged('0000-01-01T00:00:00.000Z')}`,
      '?q=%00',
      '?field=city:%00',
      '?tag=%00',
      '?page=2',
      '?createdFrom=yesterday',
    ]) {
      expect({ query, status: (await house.send('GET', query)).statusCode }).toEqual({ query, status: 422 });
    }
  });

  it('tell possible duplicates, with reasons, the likeliest first', async () => {
    expect(await duplicates({ phones: ['916 1234567'], emails: ['MARIA.K@example.ru'], name: 'Ёлкин Петр' })).toEqual([
      ['Кузнецова Мария Фёдоровна', 'phone', 'email'],
      ['Ёлкин Пётр', 'name'],
    ]);
    expect(await duplicates({ inn: '7707083893' })).toEqual([['ООО «Ромашка» 100%_\\', 'inn']]);
    expect(await duplicates({ name: 'Кузнецова Марья' })).toEqual([['Кузнецова Мария Фёдоровна', 'name']]);
    expect(await duplicates({ name: 'Кузмецова Мария' })).toEqual([['Кузнецова Мария Фёдоровна', 'name']]);
    expect(await duplicates({ name: 'Мария Кузнецова' })).toEqual([['Кузнецова Мария Фёдоровна', 'name']]);
    expect(await duplicates({ name: 'Сидоров' })).toEqual([]);
    const [{ id }] = (await list({ q: '7707083893' })).items as [Row];
    expect(await duplicates({ inn: '7707083893', exceptId: id })).toEqual([]);
    const ghosts = `INSERT INTO clients (workspace_id, id, kind, name, name_key, search_text, created_at, updated_at, deleted_at)
      SELECT $1, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'person', 'x', 'x', 'x', now(), now(), now()
      FROM generate_series(1, 60) n RETURNING id`;
    const gone = await house.database.owner.query<{ id: string }[]>(ghosts, [house.workspaceId]);
    await house.database.owner.query(
      `INSERT INTO client_keys (workspace_id, key, client_id) SELECT $1, 'inn:7707083893', unnest($2::uuid[])`,
      [house.workspaceId, gone.map((ghost) => ghost.id)],
    );
    expect(await duplicates({ inn: '7707083893' })).toEqual([['ООО «Ромашка» 100%_\\', 'inn']]);
    await house.database.owner.query(`DELETE FROM clients WHERE id = ANY ($1)`, [gone.map((ghost) => ghost.id)]);
    expect(await duplicates({ name: 'Ёл', phones: [''], emails: [], inn: '' })).toEqual([]);
    expect((await house.send('POST', '/duplicates', { phone: '1' })).statusCode).toBe(422);
  });
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Plan[];
}

describe('the statements behind the lists', () => {
  beforeAll(async () => {
    await house.database.owner.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'Big')`, [BIG]);
    await fillClients(house.database.ownerUrl, BIG, 1, MANY);
  });

  /** Nodes of the plan that the application's own role gets, under its policies. */
  const plan = (sql: string, values: readonly unknown[]): Promise<Plan[]> =>
    house.database.app.transaction(async (manager) => {
      await manager.query(`SELECT set_config('app.workspace_id', $1, true)`, [BIG]);
      const [row] = await manager.query<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(`EXPLAIN (FORMAT JSON) ${sql}`, [
        ...values,
      ]);
      const nodes = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
      return row!['QUERY PLAN'].flatMap(({ Plan: root }) => nodes(root));
    });
  const scans = (nodes: readonly Plan[]) =>
    nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
  const indexes = (nodes: readonly Plan[]) => nodes.flatMap((node) => node['Index Name'] ?? []);
  const planOfList = (selection: Partial<ClientSelection>, order: ClientOrder = '-created') => {
    const whole = { deleted: false, keys: [], search: null, ...selection };
    const { sql, values } = listStatement(BIG, whole, order, 50, null);
    return plan(sql, values);
  };

  it.each(['created', '-created', 'updated', '-updated', 'name', '-name', '-deleted'] as const)(
    'walk an index in the order %s',
    async (order) => {
      const nodes = await planOfList({ deleted: order === '-deleted' }, order);
      expect(scans(nodes)).toEqual([]);
      expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
    },
  );

  it.each<[string, Partial<ClientSelection>, string]>([
    ['a rare fragment', { search: readSearch('кузнецова мар') }, 'clients_search'],
    ['a phone', { search: readSearch('+7 916 123-45-67') }, 'clients_search'],
    ['one letter', { search: readSearch('м') }, 'clients_by_name'],
    ['a tag', { keys: ['tag:vip'] }, 'client_keys_pkey'],
    ['a key that nobody has', { keys: ['fld:city:казань'] }, 'client_keys_pkey'],
    ['a responsible', { responsibleId: BIG }, 'clients_of_member'],
  ])('look for %s in an index', async (_what, selection, index) => {
    const nodes = await planOfList(selection, selection.search?.kind === 'prefix' ? 'name' : '-created');
    expect(scans(nodes)).toEqual([]);
    expect(indexes(nodes)).toContain(index);
  });

  it('look for duplicates in indexes', async () => {
    const signs = {
      keys: ['tel:+79161234567', 'mail:a@b.ru'],
      nameKey: 'кузнецова мария',
      soundKey: 'nam:кснсф мр',
    };
    const [sounding, misspelt] = [duplicatesStatement(BIG, signs), misspeltStatement(BIG, signs)!];
    const nodes = await plan(sounding.sql, sounding.values);
    expect([scans(nodes), new Set(indexes(nodes))]).toEqual([[], new Set(['client_keys_pkey', 'clients_pkey'])]);
    const more = await plan(misspelt.sql, misspelt.values);
    expect([scans(more), indexes(more).includes('clients_search')]).toEqual([[], true]);
  });

  it('would be seen if they read a whole table', async () => {
    const sql = 'SELECT id FROM clients WHERE workspace_id = $1 AND search_text LIKE $2 AND notes = $2';
    expect(scans(await plan(sql, [BIG, '%кузнецова%']))).toEqual(['clients']);
  });
});
