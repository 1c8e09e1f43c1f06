import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessInFlightSuite } from './access-in-flight.js';
import { type Answer, type HistoryHouse, historyHouse } from './client-history/history-house.js';

/* What several do to the same thing at the same time; and what happens to requests under way while a right ends. */

let house: HistoryHouse;
beforeAll(async () => {
  house = await historyHouse();
});
afterAll(() => house?.close());

interface Saved {
  readonly id: string;
  readonly version: number;
  readonly code?: string;
  readonly details?: { readonly currentVersion: number };
}
type Thing = readonly [string, (n: number) => Promise<Answer<Saved>>, object, object];

const create = (path: string, body: object) => house.call<Saved>(path, { method: 'POST', body });
const clientOf = (body: object) => create('clients', { name: 'Пётр', ...body });
const statusesOf = (answers: readonly Answer<unknown>[]) => answers.map(({ status }) => status).sort();
const sixTimes = <T>(work: (n: number) => Promise<T>): Promise<T[]> => Promise.all([1, 2, 3, 4, 5, 6].map(work));
const ROUNDS = [1, 2, 3];

/** Things with a version: how each is made, and what two people change of it. */
const THINGS: readonly Thing[] = [
  ['clients', () => clientOf({}), { notes: 'one' }, { notes: 'other' }],
  [
    'comments',
    async () => create('comments', { clientId: await house.client(), text: 'было' }),
    { text: 'a' },
    { text: 'b' },
  ],
  [
    'interactions',
    async () => create('interactions', { clientId: await house.client(), kind: 'call', direction: 'in' }),
    { text: 'a' },
    { text: 'b' },
  ],
  [
    'clients/fields',
    (n) => create('clients/fields', { code: `f${n}_${Date.now()}`, type: 'text', title: 'F' }),
    { title: 'A' },
    { title: 'B' },
  ],
  ['clients/views', () => create('clients/views', { title: 'V', query: {} }), { title: 'A' }, { title: 'B' }],
  ['api-keys', () => create('api-keys', { name: 'K', scopes: ['clients:read'] }), { name: 'A' }, { name: 'B' }],
];

describe.each(THINGS)('of %s', (path, make, one, other) => {
  const patch = (id: string, body: object, headers = {}) =>
    house.call<Saved>(`${path}/${id}`, { method: 'PATCH', body, headers });
  const remove = (id: string, headers = {}) => house.call<Saved>(`${path}/${id}`, { method: 'DELETE', headers });
  const seen = { 'if-match': '"1"' };

  it('one of many edits at the same version wins, the others are told the version that is', async () => {
    for (const round of ROUNDS) {
      const { id } = (await make(round)).body;
      const answers = await sixTimes((n) => patch(id, n % 2 ? one : other, seen));
      expect(statusesOf(answers)).toEqual([200, 409, 409, 409, 409, 409]);
      expect(answers.find(({ status }) => status === 200)).toMatchObject({
        headers: { etag: '"2"' },
        body: { version: 2 },
      });
      for (const { body } of answers.filter(({ status }) => status === 409))
        expect(body).toMatchObject({ code: 'shared.version_conflict', details: { currentVersion: 2 } });
    }
  });

  if (path === 'clients/fields') return;

  it('one of many deletions does it', async () => {
    for (const round of ROUNDS) {
      const { id } = (await make(round)).body;
      expect(statusesOf(await sixTimes(() => remove(id)))).toEqual([204, 404, 404, 404, 404, 404]);
    }
  });

  it('a deletion beside edits ends it, and no edit brings it back', async () => {
    for (const round of ROUNDS) {
      const { id } = (await make(round)).body;
      const [gone, ...edits] = await Promise.all([remove(id), patch(id, one), patch(id, other)]);
      expect(gone.status).toBe(204);
      expect(edits.filter(({ status }) => status !== 200 && status !== 404)).toEqual([]);
      expect((await house.call(`${path}/${id}`)).status).toBe(404);
    }
  });
});

describe.each(['clients', 'comments'])('of %s', (path) => {
  const make = () => THINGS.find(([name]) => name === path)![1](0);

  it('a deletion and an edit at the same version: one of them happens', async () => {
    for (const round of ROUNDS) {
      const { id } = (await make()).body;
      const [edit, removal] = [
        () =>
          house.call<Saved>(`${path}/${id}`, {
            method: 'PATCH',
            body: path === 'clients' ? { notes: 'n' } : { text: 'n' },
            headers: { 'if-match': '"1"' },
          }),
        () => house.call<Saved>(`${path}/${id}`, { method: 'DELETE', headers: { 'if-match': '"1"' } }),
      ];
      const [first, second] =
        round % 2 ? await Promise.all([edit(), removal()]) : (await Promise.all([removal(), edit()])).reverse();
      const ends = [first!.status, second!.status];
      expect([
        [200, 409],
        [404, 204],
      ]).toContainEqual(ends);
      expect((await house.call(`${path}/${id}`)).status).toBe(ends[0] === 200 ? 200 : 404);
    }
  });
});

describe('a client', () => {
  it('restored by many at once is restored once, and everybody is told that it is there', async () => {
    const { id } = (await clientOf({})).body;
    await house.call(`clients/${id}`, { method: 'DELETE' });
    const answers = await sixTimes(() => house.call<Saved>(`clients/${id}/restore`, { method: 'POST' }));
    expect(answers.map(({ status, body }) => [status, body.version])).toEqual(answers.map(() => [200, 3]));
    const events = await house.sql(
      `SELECT FROM outbox WHERE name = 'clients.client_restored' AND payload ->> 'clientId' = $1`,
      [id],
    );
    expect(events).toHaveLength(1);
  });

  it('with an e-mail that must be unique is added once of many at once, in whatever case', async () => {
    await create('clients/fields', { code: 'login', type: 'email', title: 'Login', unique: true });
    for (const round of ROUNDS) {
      const spelling = [`anna${round}@example.ru`, `ANNA${round}@Example.RU`];
      const answers = await sixTimes((n) => clientOf({ fields: { login: spelling[n % 2] } }));
      expect(statusesOf(answers)).toEqual([201, 409, 409, 409, 409, 409]);
      const lost = answers.find(({ status }) => status === 409);
      expect(lost?.body).toMatchObject({ code: 'clients.value_not_unique', details: { fields: ['login'] } });
    }
  });

  it('changed by many at once loses no change, and each has a version of its own', async () => {
    const { id } = (await clientOf({})).body;
    const answers = await sixTimes((n) =>
      house.call<Saved>(`clients/${id}`, { method: 'PATCH', body: { notes: `n${n}` } }),
    );
    expect(answers.map(({ body }) => body.version).sort()).toEqual([2, 3, 4, 5, 6, 7]);
    const trail = await house.sql(`SELECT FROM audit_log WHERE entity_id = $1 AND command = 'UpdateClient'`, [id]);
    expect(trail).toHaveLength(6);
  });
});

accessInFlightSuite(() => house);
