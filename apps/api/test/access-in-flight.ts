import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '#domain/identity/permissions.js';
import { storeAccount } from '#testing/crm/connected-account.js';
import { eventually } from '#testing/eventually.js';
import { ADMIN, INTEGRATION } from './api-house.js';
import type { HistoryHouse, Member } from './client-history/history-house.js';

interface Saved {
  readonly id: string;
}
type Headers = Record<string, string>;
/** Headers to read with, and what ends that. */
type Access = readonly [Headers, () => Promise<unknown>];

/** Several callers keep sending until `change` was answered. @returns the statuses of what was under way meanwhile */
const meanwhile = async (send: () => Promise<number>, change: () => Promise<unknown>): Promise<ReadonlySet<number>> => {
  const statuses: number[] = [];
  let isOver = false;
  const callers = Array.from({ length: 4 }, async () => {
    while (!isOver) statuses.push(await send());
  });
  try {
    await eventually(() => statuses.length > 8);
    await change();
  } finally {
    isOver = true;
    await Promise.all(callers);
  }
  return new Set(statuses);
};

/** What becomes of requests and streams under way when the right to them ends. */
export const accessInFlightSuite = (at: () => HistoryHouse): void => {
  let house: HistoryHouse;
  beforeAll(() => {
    house = at();
  });

  const keyWith = async (scopes: readonly string[]) => {
    const { body } = await house.call<Saved & { key: string }>('api-keys', {
      method: 'POST',
      body: { name: 'In flight', scopes, requestsPerSecond: 1_000, burst: 10_000 },
    });
    return body;
  };
  const rotate = async (id: string, overlapHours: number) =>
    (await house.call<{ key: string }>(`api-keys/${id}/rotate`, { method: 'POST', body: { overlapHours } })).body.key;
  const byKey = async (key: string, url = '/api/v1/clients?limit=1') =>
    (await house.api.fastify.inject({ url, headers: { 'x-api-key': key } })).statusCode;

  describe('while requests are under way, an API key', () => {
    it('is rotated: the old one is taken all the time, both are during the overlap, only the newest afterwards', async () => {
      const { id, key } = await keyWith(['clients:read']);
      let fresh = '';
      expect(
        await meanwhile(
          () => byKey(key),
          async () => (fresh = await rotate(id, 1)),
        ),
      ).toEqual(new Set([200]));
      const both = await Promise.all(Array.from({ length: 20 }, (_, n) => byKey(n % 2 ? key : fresh)));
      expect(new Set(both)).toEqual(new Set([200]));
      let last = '';
      const ending = await meanwhile(
        () => byKey(fresh),
        async () => (last = await rotate(id, 0)),
      );
      expect([...ending].filter((status) => status !== 200 && status !== 401)).toEqual([]);
      expect(await Promise.all([key, fresh, last].map((one) => byKey(one)))).toEqual([401, 401, 200]);
    });

    it('is deactivated: each request is carried out or refused, and refused once the answer is there', async () => {
      const { id, key } = await keyWith(['clients:read', 'clients:write']);
      let written = 0;
      const write = async () => {
        const payload = { name: `Written by ${id}` };
        const headers = { 'x-api-key': key };
        const { statusCode } = await house.api.fastify.inject({
          method: 'POST',
          url: '/api/v1/clients',
          payload,
          headers,
        });
        if (statusCode === 201) written++;
        return statusCode;
      };
      const statuses = await meanwhile(write, () => house.call(`api-keys/${id}/deactivate`, { method: 'POST' }));
      expect([...statuses].filter((status) => status !== 201 && status !== 401)).toEqual([]);
      expect(await write()).toBe(401);
      expect(await house.sql(`SELECT FROM clients WHERE name = $1`, [`Written by ${id}`])).toHaveLength(written);
    });
  });

  const memberChange = (id: string, body: object) => house.call<Saved>(`members/${id}`, { method: 'PATCH', body });

  describe('while requests are under way, a member', () => {
    const writing = (as: Member, name: string) => async () =>
      (await house.call('clients', { method: 'POST', body: { name }, as })).status;
    const until401 = (send: () => Promise<number>) =>
      eventually(async () => (await send()) === 401, { withinMs: 5_000, what: 'the end of the token' });
    const signIn = async (member: Member) => {
      const [row] = await house.sql<{ email: string }>('SELECT email FROM users WHERE id = $1', [member.id]);
      const payload = { email: row?.email, password: ADMIN.password };
      return house.api.fastify.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
    };

    it.each([
      ['gets a lesser role', { role: 'viewer' }, [200, 403]],
      ['is blocked', { blocked: true }, [401, 401]],
    ])('%s: what was answered 201 is there, nothing else, and soon nothing more', async (_, change, [login, write]) => {
      const operator = await house.member('operator');
      const name = `By ${randomUUID()}`;
      const send = writing(operator, name);
      let answered = 0;
      const counting = async () => {
        const status = await send();
        if (status === 201) answered++;
        return status;
      };
      const statuses = await meanwhile(counting, () => memberChange(operator.id, change));
      expect([...statuses].filter((status) => ![201, 401].includes(status))).toEqual([]);
      await until401(counting);
      expect(await house.sql('SELECT FROM clients WHERE name = $1', [name])).toHaveLength(answered);
      const again = await signIn(operator);
      expect(again.statusCode).toBe(login);
      const token = again.json<{ accessToken?: string }>().accessToken ?? 'none';
      expect(await writing({ ...operator, token }, name)()).toBe(write);
    });
  });

  describe('an event stream', () => {
    const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
    const member = async (role: Role, end: (member: Member) => Promise<unknown>): Promise<Access> => {
      const one = await house.member(role);
      return [bearer(one.token), () => end(one)];
    };
    const program = async (scopes: readonly string[], end: (path: string) => Promise<unknown>): Promise<Access> => {
      const { id, key } = await keyWith(scopes);
      return [{ 'x-api-key': key }, () => end(`api-keys/${id}`)];
    };
    const endings: Readonly<Record<string, () => Promise<Access>>> = {
      'the session is ended': () => member('viewer', (as) => house.call('auth/logout', { method: 'POST', as })),
      'the member is blocked': () => member('viewer', ({ id }) => memberChange(id, { blocked: true })),
      'the role is changed': () => member('manager', ({ id }) => memberChange(id, { role: 'viewer' })),
      'the key is deactivated': () =>
        program(['deals:read'], (path) => house.call(`${path}/deactivate`, { method: 'POST' })),
      'the key is deleted': () => program(['deals:read'], (path) => house.call(path, { method: 'DELETE' })),
      'the key loses a scope': () =>
        program(['deals:read', 'crm:read'], (path) =>
          house.call(path, { method: 'PATCH', body: { scopes: ['crm:read'] } }),
        ),
    };

    it('ends with the access of its reader, whatever ends that, and goes on for the others', async () => {
      const { workspaceId, sql, call, api, admin } = house;
      await storeAccount(api.database.owner, { workspaceId, clientId: INTEGRATION.AMOCRM_CLIENT_ID });
      const order = { sourceIds: [1], options: { stageId: 142 } };
      const { id } = (await call<Saved>('deals/transfers', { method: 'POST', body: order })).body;
      await api.app.listen(0, '127.0.0.1');
      const url = `${await api.app.getUrl()}/api/v1/deals/transfers/${id}/events`;
      const open = async (headers: Headers) => {
        const stop = new AbortController();
        const response = await fetch(url, { headers, signal: stop.signal });
        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
        const stream = { isOpen: true, stop: () => stop.abort(), end: Promise.resolve('') };
        stream.end = response
          .text()
          .catch(() => 'cut')
          .finally(() => (stream.isOpen = false));
        return stream;
      };

      const ours = await open(bearer(admin.token));
      const told = await Promise.all(
        Object.entries(endings).map(async ([what, prepare]) => {
          const [headers, end] = await prepare();
          const theirs = await open(headers);
          const before = theirs.isOpen;
          await end();
          const text = await theirs.end;
          const again = (await fetch(url, { headers })).status;
          return [what, before, /^event: progress\n/.test(text), again === 401 || again === 403];
        }),
      );
      expect(told).toEqual(Object.keys(endings).map((what) => [what, true, true, true]));
      expect(ours.isOpen).toBe(true);
      await sql(`UPDATE copy_operations SET status = 'cancelled' WHERE id = $1`, [id]);
      expect(await ours.end).toContain('"status":"cancelled"');
    });
  });
};
