import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AmoUser } from '#domain/crm/directory.js';
import { type KeptLog, keptLog } from '#testing/bus/kept-log.js';
import { storeAccount } from '#testing/crm/connected-account.js';
import { aDisposableToken, type TokenChanges, type TokenKind } from '#testing/crm/disposable-token.js';
import { PUBLIC_PATHS, SESSION_PATHS } from '../src/openapi/public-paths.js';
import { type BadToken, badTokens } from './bad-tokens.js';
import { PERMISSIONS, permissionsOf } from '#domain/identity/permissions.js';
import { ADMIN, type ApiHouse, apiHouse, INTEGRATION } from './api-house.js';

const { AMOCRM_CLIENT_ID: CLIENT_ID, AMOCRM_CLIENT_SECRET: SECRET } = INTEGRATION;
const COPIES = '/api/v1/deals/copies';
const ORIGIN = 'https://demo.amocrm.ru';

const person = (id: number, name: string, changes: Partial<AmoUser> = {}): AmoUser => ({
  id,
  name,
  email: `${id}@example.com`,
  isActive: true,
  isAdmin: false,
  ...changes,
});
const USERS = [person(5, 'Анна'), person(6, 'Борис'), person(7, 'Хозяин', { email: ADMIN.email })];

let house: ApiHouse;
let log: KeptLog;
let workspaceId: string;

beforeAll(async () => {
  log = keptLog();
  house = await apiHouse({ log: log.log });
  const [row] = await house.database.owner.query<{ id: string }[]>('SELECT id FROM workspaces');
  workspaceId = row!.id;
});
afterAll(() => house.close());
beforeEach(async () => {
  await storeAccount(house.database.owner, { workspaceId, clientId: CLIENT_ID, baseUrl: ORIGIN, users: USERS });
  await house.database.owner.query('TRUNCATE copy_operations CASCADE');
  log.lines.length = 0;
});

const tokenOf = (changes: TokenChanges = {}, kind: TokenKind = { key: SECRET }): string =>
  aDisposableToken(new Date(), { client_uuid: CLIENT_ID, aud: 'http://127.0.0.1:3000', ...changes }, kind);

const inMinutes = (minutes: number): number => Math.floor(Date.now() / 1_000) + minutes * 60;

interface Call {
  readonly token?: string;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly payload?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const call = (url: string, { token, method = 'GET', payload, headers = {} }: Call = {}) =>
  house.fastify.inject({
    method,
    url,
    payload,
    headers: { ...(token !== undefined && { 'x-auth-token': token }), ...headers },
  });

const copy = (token: string, payload: object = { sourceIds: [1] }, headers: Readonly<Record<string, string>> = {}) =>
  call(COPIES, { token, method: 'POST', payload, headers });

/** The parts of a refusal that a caller could learn from. */
const refusalOf = (answer: Awaited<ReturnType<typeof call>>) => {
  const { requestId, ...problem } = answer.json<Record<string, unknown>>();
  const { date, 'x-request-id': id, ...headers } = answer.headers;
  expect([typeof requestId, typeof date, id]).toEqual(['string', 'string', requestId]);
  return { status: answer.statusCode, problem, headers };
};

const reasons = () => log.lines.flatMap(({ why }) => (typeof why === 'string' ? [why] : []));

describe('a request with a one-time token', () => {
  it('is let in as the person at the screen', async () => {
    const me = await call('/api/v1/auth/me', { token: tokenOf({ user_id: 5 }) });
    expect([me.statusCode, me.json()]).toEqual([
      200,
      {
        id: null,
        email: null,
        name: 'Анна',
        role: 'operator',
        permissions: PERMISSIONS.filter((permission) => permissionsOf('operator').has(permission)),
        workspaceId,
        workspaces: [],
        amoUserId: 5,
        apiKeyId: null,
      },
    ]);
  });

  it('is let in as the member with the same e-mail', async () => {
    const token = tokenOf({ user_id: 7 });
    expect((await call('/api/v1/auth/me', { token })).json()).toMatchObject({
      id: expect.any(String),
      email: ADMIN.email,
      role: 'manager',
      amoUserId: 7,
    });
    expect((await call('/api/v1/audit', { token })).statusCode).toBe(200);
    expect((await call('/api/v1/crm/hook-tokens', { token })).statusCode).toBe(403);
  });

  it('may do what an operator may, and with rights of an administrator at amoCRM what a manager may', async () => {
    const statuses = async (isAdmin: boolean) => {
      const token = tokenOf({ is_admin: isAdmin });
      const asked = [COPIES, '/api/v1/crm/directory', '/api/v1/audit', '/api/v1/crm/hook-tokens'];
      return (await Promise.all(asked.map((url) => call(url, { token })))).map(({ statusCode }) => statusCode);
    };
    expect(await statuses(false)).toEqual([200, 200, 403, 403]);
    expect(await statuses(true)).toEqual([200, 200, 200, 403]);
  });

  it('is taken on every route that the document says takes it, and on no other', async () => {
    const refused: string[] = [];
    const token = tokenOf({ user_id: 7 });
    for (const [path, item] of Object.entries(house.document.paths)) {
      if (PUBLIC_PATHS.has(path)) continue;
      for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
        if (!item[method]) continue;
        const url = path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');
        const upper = method.toUpperCase() as 'GET';
        // A key of a bad form: the credential is looked at first, and nothing is carried out.
        const headers = { 'idempotency-key': 'two words' };
        const answer = await call(url, { token, method: upper, headers });
        if (answer.statusCode === 401) refused.push(path);
      }
    }
    expect([...new Set(refused)].sort()).toEqual([...SESSION_PATHS].sort());
  });

  it('is not looked at when there is an access token, good or bad', async () => {
    const bearer = { authorization: `Bearer ${await house.signIn()}` };
    const both = await call('/api/v1/auth/me', { token: 'nonsense', headers: bearer });
    expect(both.json()).toMatchObject({ email: ADMIN.email, amoUserId: null });
    const bad = await call('/api/v1/auth/me', { token: tokenOf(), headers: { authorization: 'Bearer nonsense' } });
    expect(bad.statusCode).toBe(401);
  });
});

describe('a bad one-time token', () => {
  const BAD: readonly BadToken[] = [
    ['no signature', 'malformed', () => tokenOf({}, { key: SECRET, alg: 'none' })],
    ['alg none with a signature', 'bad_signature', () => `${tokenOf({}, { key: SECRET, alg: 'none' })}AAAA`],
    ['HS512, as bots have it', 'bad_signature', () => tokenOf({}, { key: SECRET, alg: 'HS512' })],
    ['another secret', 'bad_signature', () => tokenOf({}, { key: 'another' })],
    ['an unknown integration', 'unknown_client', () => tokenOf({ client_uuid: randomUUID() })],
    ['another server', 'wrong_audience', () => tokenOf({ aud: 'https://evil.example' })],
    ['a foreign issuer', 'wrong_issuer', () => tokenOf({ iss: 'https://evil.example' })],
    ["another account's issuer", 'wrong_issuer', () => tokenOf({ iss: 'https://other.amocrm.ru' })],
    ['its end behind it', 'expired', () => tokenOf({ iat: inMinutes(-40), nbf: inMinutes(-40), exp: inMinutes(-10) })],
    ['its start ahead of it', 'not_yet_valid', () => tokenOf({ nbf: inMinutes(5) })],
    ['a life of a day', 'lives_too_long', () => tokenOf({ exp: inMinutes(1_440) })],
    ['an account that is not connected', 'account_not_connected', () => tokenOf({ account_id: 32 })],
    ['no user', 'malformed_claims', () => tokenOf({ user_id: null })],
    ['no content', 'malformed', () => ''],
    ['garbage', 'malformed', () => 'garbage'],
    [
      'garbage between dots',
      'malformed',
      () => `${Buffer.from('{"typ":"JWT","alg":"HS256"}').toString('base64url')}.x.y`,
    ],
    ['two tokens', 'malformed', () => `${tokenOf()}, ${tokenOf()}`],
    ['a huge size', 'too_long', () => tokenOf({ padding: 'x'.repeat(6_000) })],
    ...badTokens({ clientId: CLIENT_ID, secret: SECRET, audience: 'http://127.0.0.1:3000' }),
  ];

  it.each(BAD)('with %s is refused without a hint; the log says why', async (_, reason, token) => {
    const [answer, none] = [await call(COPIES, { token: token() }), await call(COPIES)];
    expect(answer.statusCode).toBe(401);
    expect(refusalOf(answer)).toEqual(refusalOf(none));
    expect(reasons()).toEqual([`one-time token: ${reason}`]);
  });

  it('is refused to whoever was deactivated at amoCRM, and after a disconnection', async () => {
    const owner = house.database.owner;
    const gone = person(5, 'Анна', { isActive: false });
    await storeAccount(owner, { workspaceId, clientId: CLIENT_ID, users: [gone] });
    expect((await call(COPIES, { token: tokenOf() })).statusCode).toBe(401);
    await storeAccount(owner, { workspaceId, clientId: CLIENT_ID, state: 'disconnected' });
    expect((await call(COPIES, { token: tokenOf() })).statusCode).toBe(401);
    expect(reasons()).toEqual(['one-time token: person_deactivated', 'one-time token: account_not_connected']);
  });

  it('never shows in the log', async () => {
    const tokens = [tokenOf(), tokenOf({}, { key: 'another' })];
    for (const token of tokens) await copy(token);
    const text = JSON.stringify(log.lines);
    expect(log.lines.length).toBeGreaterThan(0);
    for (const token of tokens) expect(text).not.toContain(token.split('.')[2]);
  });
});

describe('a change with a one-time token', () => {
  it('is carried once; questions may be asked again and again', async () => {
    const token = tokenOf();
    expect((await copy(token)).statusCode).toBe(202);
    const again = await copy(token);
    expect(again.statusCode).toBe(401);
    expect(refusalOf(again)).toEqual(refusalOf(await call(COPIES, { method: 'POST', payload: {} })));
    expect(reasons()).toContain('one-time token: spent');
    expect((await copy(token, { sourceIds: [2] })).statusCode).toBe(401);
    for (const method of ['GET', 'GET', 'HEAD'] as const)
      expect((await call(COPIES, { token, method })).statusCode).toBe(200);
  });

  it('is carried by one of many requests at the same time', async () => {
    const token = tokenOf();
    const answers = await Promise.all(Array.from({ length: 8 }, () => copy(token)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, ...Array<number>(7).fill(401)]);
    expect(await house.database.owner.query('SELECT FROM copy_operations')).toHaveLength(1);
  });

  it('is carried by each of several fresh tokens', async () => {
    const answers = await Promise.all([1, 2, 3].map((id) => copy(tokenOf(), { sourceIds: [id] })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202]);
  });

  it('with a key is judged by the key: the same token carries many, each once', async () => {
    const token = tokenOf();
    const key = () => ({ 'idempotency-key': randomUUID() });
    const [first, second] = [key(), key()];
    const id = async (payload: object, headers: Readonly<Record<string, string>>, by = token) => {
      const answer = await copy(by, payload, headers);
      expect(answer.statusCode).toBe(202);
      return answer.json<{ id: string }>().id;
    };
    const one = await id({ sourceIds: [1] }, first);
    expect(await id({ sourceIds: [1] }, first)).toBe(one);
    expect(await id({ sourceIds: [1] }, first, tokenOf())).toBe(one);
    expect(await id({ sourceIds: [1] }, second)).not.toBe(one);
    expect((await copy(token, { sourceIds: [2] }, first)).json()).toMatchObject({
      code: 'shared.idempotency_key_reused',
    });
    // The key of one person is not the key of another.
    expect(await id({ sourceIds: [1] }, first, tokenOf({ user_id: 6 }))).not.toBe(one);
    // And the token was not used up on the way.
    expect((await copy(token, { sourceIds: [3] })).statusCode).toBe(202);
  });

  it('is not what a preview is', async () => {
    const token = tokenOf();
    const payload = { sourceIds: [1], options: { pipelineId: 404 } };
    for (let time = 0; time < 2; time++) {
      const preview = await call(`${COPIES}/preview`, { token, method: 'POST', payload });
      expect(preview.json()).toMatchObject({ code: 'deals.options_invalid' });
    }
    expect((await copy(token)).statusCode).toBe(202);
  });

  it('is the same double click for one person, and two orders for two', async () => {
    const id = async (userId: number) => (await copy(tokenOf({ user_id: userId }))).json<{ id: string }>().id;
    const [mine, again, theirs] = [await id(5), await id(5), await id(6)];
    expect(again).toBe(mine);
    expect(theirs).not.toBe(mine);
  });

  it('remembers who asked: the operation and the audit trail', async () => {
    const [byVisitor, byMember] = [await copy(tokenOf()), await copy(tokenOf({ user_id: 7 }))];
    const admin = { authorization: `Bearer ${await house.signIn()}` };
    const shown = async ({ headers }: typeof byVisitor) =>
      (await call(String(headers.location), { headers: admin })).json();
    expect(await shown(byVisitor)).toMatchObject({ requestedBy: null, requesterAmoUserId: 5 });
    expect(await shown(byMember)).toMatchObject({ requestedBy: expect.any(String), requesterAmoUserId: 7 });
    const trail = async (id: string) => {
      const answer = await call(`/api/v1/audit?entityId=${id}`, { headers: admin });
      return answer.json<{ items: object[] }>().items;
    };
    expect(await trail(byVisitor.json<{ id: string }>().id)).toMatchObject([
      { command: 'CopyDeals', actorKind: 'widget', actorId: '5', actorName: 'Анна' },
    ]);
    expect(await trail(byMember.json<{ id: string }>().id)).toMatchObject([
      { command: 'CopyDeals', actorKind: 'user', actorName: null },
    ]);
  });

  it('is refused to a member who may only read', async () => {
    const owner = house.database.owner;
    await owner.query(`UPDATE memberships SET role = 'viewer'`);
    expect((await copy(tokenOf({ user_id: 7 }))).statusCode).toBe(403);
    await owner.query(`UPDATE memberships SET role = 'admin'`);
  });
});
