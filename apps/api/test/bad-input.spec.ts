import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { storeAccount } from '#testing/crm/connected-account.js';
import { type ApiHouse, apiHouse, INTEGRATION } from './api-house.js';
import { BODIES, HOSTS, MEGABYTE, NO_NUMBERS, NO_TEXTS, several } from './bad-values.js';

/*
 * What strangers, and clients with a fault, send to each way in. amoCRM is away in this house: whatever tried to reach
 * it would be answered 502, so a 422 also says that nothing was sent.
 */

const { AMOCRM_CLIENT_ID: CLIENT_ID, AMOCRM_CLIENT_SECRET: SECRET } = INTEGRATION;
const CONNECTION = '/api/v1/crm/connection';
const CALLBACK = '/api/v1/crm/oauth/callback';
const UNINSTALL = '/hooks/amocrm-uninstall';
const TRANSFERS = '/api/v1/deals/transfers';
const REPLAYS = '/api/v1/crm/hooks/replays';
const NOBODY = '018f0000-0000-7000-8000-000000000009';

let house: ApiHouse;
let bearer: Readonly<Record<string, string>>;
let workspaceId: string;
beforeAll(async () => {
  house = await apiHouse();
  bearer = { authorization: `Bearer ${await house.signIn()}` };
  const [row] = await house.database.owner.query<{ id: string }[]>('SELECT id FROM workspaces');
  workspaceId = row!.id;
});
afterAll(() => house.close());
beforeEach(() => storeAccount(house.database.owner, { workspaceId, clientId: CLIENT_ID }));

type Method = 'POST' | 'PATCH';
const send = (method: Method, url: string, payload: object | string | Buffer, headers: object = {}) =>
  house.fastify.inject({
    method,
    url,
    payload,
    headers: { ...(typeof payload === 'string' && { 'content-type': 'application/json' }), ...bearer, ...headers },
  });
const visit = (url: string, query: Readonly<Record<string, string>> | string) =>
  house.fastify.inject({
    method: 'GET',
    url: `${url}?${typeof query === 'string' ? query : new URLSearchParams(query)}`,
  });
const connection = async () =>
  (await house.fastify.inject({ method: 'GET', url: CONNECTION, headers: bearer })).json<object>();
const freshState = async () => {
  const { authorizeUrl } = (await send('POST', `${CONNECTION}/start`, {})).json<{ authorizeUrl: string }>();
  return new URL(authorizeUrl).searchParams.get('state') ?? '';
};

describe('a host that is no account of amoCRM', () => {
  it.each<[string, (host: string) => Promise<number>, number]>([
    [
      'a code',
      async (host) => (await send('POST', `${CONNECTION}/code`, { code: 'c', referer: host })).statusCode,
      422,
    ],
    [
      'a token',
      async (host) => (await send('POST', `${CONNECTION}/token`, { token: 't', baseUrl: host })).statusCode,
      422,
    ],
    [
      'a token, by its address',
      async (host) => {
        const plain = /^[\w.:[\]-]+$/.test(host) ? host : 'evil.ru';
        const baseUrl = `https://demo.amocrm.ru@${plain}/demo.amocrm.ru`;
        return (await send('POST', `${CONNECTION}/token`, { token: 't', baseUrl })).statusCode;
      },
      422,
    ],
    ['the start', async (account) => (await send('POST', `${CONNECTION}/start`, { account })).statusCode, 422],
    [
      'the way back from the consent',
      async (referer) => (await visit(CALLBACK, { state: await freshState(), code: 'c', referer })).statusCode,
      422,
    ],
    [
      'an install, whose answer nobody reads,',
      async (referer) => {
        const page = await visit(CALLBACK, { code: 'c', referer, from_widget: '1', client_id: CLIENT_ID });
        return page.body.includes('amoCRM не подключена') || page.body.includes('not connected') ? page.statusCode : 0;
      },
      200,
    ],
  ])('is refused with %s, and nothing is sent there', async (_, ask, status) => {
    const before = await connection();
    const told: [string, number][] = [];
    for (const host of HOSTS) told.push([host, await ask(host)]);
    expect(told.filter(([, answered]) => answered !== status)).toEqual([]);
    expect(await connection()).toEqual(before);
  });
});

describe('a body with a wrong value', () => {
  const transfer = (changes: object) => ({ sourceIds: [1], options: { stageId: 142 }, ...changes });
  const period = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  const code = { code: 'c', referer: '127.0.0.1:9' };
  const token = { token: 't', baseUrl: '127.0.0.1:9' };

  it.each<[Method, string, object, string, readonly unknown[]]>([
    ['POST', `${CONNECTION}/code`, code, 'code', NO_TEXTS],
    ['POST', `${CONNECTION}/code`, code, 'referer', NO_TEXTS],
    ['POST', `${CONNECTION}/token`, token, 'token', [...NO_TEXTS, 'a\r\nx-evil: 1', 'токен', 'a b', 'a\x7fb', ' ']],
    ['POST', `${CONNECTION}/token`, token, 'baseUrl', NO_TEXTS],
    ['POST', `${CONNECTION}/start`, {}, 'account', NO_TEXTS.filter((value) => value !== null)],
    ['POST', `${CONNECTION}/start`, {}, 'platform', [...NO_TEXTS.filter((value) => value !== null), 'bitrix', 'KOMMO']],
    ['PATCH', `${CONNECTION}/limits`, {}, 'requestsPerSecond', [...NO_NUMBERS, 201]],
    ['PATCH', `${CONNECTION}/limits`, {}, 'accountRequestsPerSecond', [...NO_NUMBERS, 1_001]],
    [
      'POST',
      TRANSFERS,
      transfer({}),
      'sourceIds',
      [null, 1, '1', [], ['1'], [0], [-1], [1.5], [null], [[1]], [{}], [1e21], { 0: 1 }],
    ],
    ['POST', TRANSFERS, transfer({}), 'sourceIds', [Array.from({ length: 10_001 }, (_, index) => index + 1)]],
    [
      'POST',
      TRANSFERS,
      transfer({}),
      'options',
      [null, 1, 'a', [], { stageId: '142' }, { stageId: 1.5 }, { other: 1 }, { tasks: 'all' }],
    ],
    [
      'POST',
      REPLAYS,
      period,
      'from',
      [null, 1, true, [], {}, '', '2026-01-01', '2026-13-01T00:00:00Z', 'yesterday', 'a\0b', 'x'.repeat(MEGABYTE)],
    ],
    ['POST', REPLAYS, period, 'to', [null, 0, '2026-02-01T00:00:00', '2025-01-01T00:00:00Z']],
    ['POST', REPLAYS, period, 'states', [null, 'failed', [], ['new'], ['queued'], [1], {}]],
    ['POST', REPLAYS, period, 'hookTokenId', [1, '', '1', 'a\0b', `${NOBODY}x`]],
    ['POST', REPLAYS, period, 'force', ['true', 1, {}]],
    ['POST', `/api/v1/crm/hooks/${NOBODY}/replay`, {}, 'force', ['true', 1, {}]],
  ])('is refused: %s %s, %j, %s', async (method, url, good, field, values) => {
    const told: (readonly [string, number, string | undefined])[] = [];
    for (const value of values) {
      const answer = await send(method, url, { ...good, [field]: value });
      const { code: problem, errors } = answer.json<{ code: string; errors?: readonly { path: string }[] }>();
      const named = errors?.some(({ path }) => path === field || path.startsWith(`${field}.`)) ?? false;
      // The address of an account, which is only a text to the form, is judged by what it says.
      const isHost = problem === 'crm.host_not_allowed';
      if (answer.statusCode !== 422 || !(named || isHost))
        told.push([JSON.stringify(value).slice(0, 40), answer.statusCode, problem]);
    }
    expect(told).toEqual([]);
  });

  it.each<[Method, string, object, readonly string[]]>([
    ['POST', `${CONNECTION}/code`, code, ['code', 'referer']],
    ['POST', `${CONNECTION}/token`, token, ['token', 'baseUrl']],
    ['POST', TRANSFERS, transfer({}), ['sourceIds', 'options']],
    ['POST', REPLAYS, period, ['from', 'to']],
  ])('is refused without a field, or with one that is not known: %s %s', async (method, url, good, fields) => {
    for (const field of fields) {
      const rest = Object.fromEntries(Object.entries(good).filter(([name]) => name !== field));
      const answer = await send(method, url, rest);
      expect([answer.statusCode, answer.json()]).toMatchObject([
        422,
        { errors: expect.arrayContaining([expect.objectContaining({ path: field })]) },
      ]);
    }
    const more = await send(method, url, { ...good, workspaceId: NOBODY });
    expect([more.statusCode, more.json()]).toMatchObject([422, { errors: [{ code: 'unknown_field' }] }]);
  });
});

describe('a body that is no object', () => {
  it.each(BODIES)('is refused: %s', async (_, body, status) => {
    const routes = [`${CONNECTION}/code`, `${CONNECTION}/token`, `${CONNECTION}/start`, TRANSFERS, REPLAYS];
    const told = [];
    for (const url of routes)
      told.push((await send('POST', url, body, { 'content-type': 'application/json' })).statusCode);
    told.push((await send('PATCH', `${CONNECTION}/limits`, body, { 'content-type': 'application/json' })).statusCode);
    expect(told).toEqual(told.map(() => status));
  });
});

describe('no body', () => {
  it.each(['null', undefined])('is one without fields: %s', async (payload) => {
    const headers = { ...bearer, ...(payload !== undefined && { 'content-type': 'application/json' }) };
    const statusOf = async (method: Method, url: string) =>
      (await house.fastify.inject({ method, url, headers, payload })).statusCode;
    expect(await statusOf('POST', `${CONNECTION}/start`)).toBe(200);
    for (const url of [`${CONNECTION}/code`, `${CONNECTION}/token`, TRANSFERS, REPLAYS])
      expect([url, await statusOf('POST', url)]).toEqual([url, 422]);
  });
});

describe('a query', () => {
  it.each(['state', 'code', 'referer', 'error', 'from_widget', 'client_id'])(
    'of the consent with a strange %s is answered with a page that repeats nothing of it',
    async (name) => {
      for (const query of several(name)) {
        const page = await visit(CALLBACK, query);
        expect([200, 422]).toContain(page.statusCode);
        expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(page.headers['set-cookie']).toBeUndefined();
        expect(page.body).not.toMatch(/<script|xxxx|\0/);
        expect(page.body).not.toContain('amoCRM подключена');
      }
    },
  );

  it('of the consent is good for one answer, and a refused one uses it up too', async () => {
    const state = await freshState();
    const answers = [];
    for (const referer of ['evil.ru', '127.0.0.1:9'])
      answers.push((await visit(CALLBACK, { state, code: 'c', referer })).statusCode);
    // The second would have been tried, and would have been 502.
    expect(answers).toEqual([422, 422]);
  });

  const signatureOf = (clientId: string, accountId: string, secret = SECRET, hash = 'sha256') =>
    createHmac(hash, secret).update(`${clientId}|${accountId}`).digest('hex');
  const notice = { account_id: '31', client_uuid: CLIENT_ID, signature: signatureOf(CLIENT_ID, '31') };

  it.each<[string, Partial<Record<keyof typeof notice, string>>]>([
    ['another secret', { signature: signatureOf(CLIENT_ID, '31', 'another') }],
    ['an empty secret', { signature: signatureOf(CLIENT_ID, '31', '') }],
    ['another hash', { signature: signatureOf(CLIENT_ID, '31', SECRET, 'sha1') }],
    ['half of a signature', { signature: notice.signature.slice(0, 32) }],
    ['no signature', { signature: '' }],
    ['the signature of another account', { account_id: '32' }],
    ['an account and its twin', { account_id: '031' }],
    ['an account with a sign', { account_id: '+31', signature: signatureOf(CLIENT_ID, '+31') }],
    ['an account as a power', { account_id: '31e0', signature: signatureOf(CLIENT_ID, '31e0') }],
    [
      'an account beyond all numbers',
      { account_id: '9'.repeat(400), signature: signatureOf(CLIENT_ID, '9'.repeat(400)) },
    ],
    ['an account that is SQL', { account_id: '31 OR 1=1', signature: signatureOf(CLIENT_ID, '31 OR 1=1') }],
    ['another integration', { client_uuid: NOBODY, signature: signatureOf(NOBODY, '31') }],
    ['NUL behind the integration', { client_uuid: `${CLIENT_ID}\0` }],
    ['the separator at another place', { client_uuid: `${CLIENT_ID}|3`, account_id: '1' }],
    ['a megabyte', { signature: 'a'.repeat(MEGABYTE) }],
  ])('of the uninstall notice with %s is refused, and the account stays', async (_, changes) => {
    const answer = await visit(UNINSTALL, { ...notice, ...changes });
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'crm.notice_refused' }]);
    expect(await connection()).toMatchObject({ state: 'active' });
  });

  it.each(Object.keys(notice))('of the uninstall notice with a strange %s is refused', async (name) => {
    const rest = new URLSearchParams(Object.entries(notice).filter(([key]) => key !== name));
    for (const query of several(name))
      expect([query.slice(0, 40), (await visit(UNINSTALL, `${rest}&${query}`)).statusCode]).toEqual([
        query.slice(0, 40),
        403,
      ]);
    expect(await connection()).toMatchObject({ state: 'active' });
  });
});

describe("another workspace's", () => {
  it('transfer does not exist', async () => {
    const { owner } = house.database;
    const there = '018f0000-0000-7000-8000-00000000000a';
    await owner.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'there')`, [there]);
    const made = await send('POST', TRANSFERS, { sourceIds: [1], options: { stageId: 142 } });
    expect(made.statusCode).toBe(202);
    const { id } = made.json<{ id: string }>();
    const [row] = await owner.query<Record<string, unknown>[]>('SELECT * FROM copy_operations WHERE id = $1', [id]);
    const moved = { ...row, id: NOBODY, workspace_id: there, requested_by: null };
    await owner.query(
      'INSERT INTO copy_operations SELECT * FROM json_populate_record(NULL::copy_operations, $1::json)',
      [JSON.stringify(moved)],
    );
    const told = [];
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/items'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
      ['POST', '/undo'],
    ] as const) {
      const answer = await house.fastify.inject({ method, url: `${TRANSFERS}/${NOBODY}${path}`, headers: bearer });
      told.push([path, answer.statusCode]);
    }
    expect(told).toEqual(told.map(([path]) => [path, 404]));
    expect(
      await owner.query('SELECT status, cancel_requested_at FROM copy_operations WHERE id = $1', [NOBODY]),
    ).toMatchObject([{ status: 'queued' }]);
  });
});
