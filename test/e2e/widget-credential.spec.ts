import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Accepted, Directory, Me } from '#testing/product/api-types.js';
import { type HttpCall, type ProblemAnswer, send } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';
import { findLeaks } from './leaks.js';

const COPIES = '/api/v1/deals/copies';

let product: Product;
let directory: Directory;
let userId: number;

beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'widget-credential' });
  directory = await product.api.directory();
  userId = directory.users.filter(({ isActive, isAdmin }) => isActive && !isAdmin)[0]!.id;
});
afterAll(() => product?.stop());

/** A token of amoCRM's page for a user; `wishes` make it another one than amoCRM would. */
const mint = async (wishes: object = {}): Promise<string> =>
  (await product.sandbox.control<{ token: string }>('POST', '/disposable-token', { userId, ...wishes })).token;

/** What a page does: no cookie, no session, the token and nothing else. */
const asPage = <T>(token: string, path: string, { headers, ...call }: HttpCall = {}) =>
  send<T>(`${product.api.baseUrl}${path}`, {
    ...call,
    headers: { 'x-auth-token': token, origin: product.sandbox.baseUrl, ...headers },
  });

describe('somebody at a page of amoCRM', () => {
  it('is who amoCRM says, without a session of ours', async () => {
    const { status, body } = await asPage<Me>(await mint(), '/api/v1/auth/me');
    const name = directory.users.find(({ id }) => id === userId)!.name;
    expect([status, body]).toMatchObject([200, { id: null, amoUserId: userId, name, role: 'operator' }]);
  });

  it('copies a deal, follows it, and becomes responsible for the copy', async () => {
    const [source = 0] = await product.sandbox.makeDeals(1, { contacts: 1, tasks: 1 });
    const before = await product.sandbox.lead(source);
    expect(before.responsible_user_id).not.toBe(userId);
    const ordered = await asPage<Accepted>(await mint(), COPIES, {
      method: 'POST',
      body: { sourceIds: [source], options: { responsible: { mode: 'requester' } } },
    });
    expect(ordered.status).toBe(202);
    const followed = await asPage<string>(await mint(), `${COPIES}/${ordered.body.id}/events`);
    expect([followed.status, followed.headers.get('access-control-allow-origin')]).toEqual([
      200,
      product.sandbox.baseUrl,
    ]);
    expect(followed.body).toContain('"status":"succeeded"');
    const [item] = await product.api.items(ordered.body.id);
    expect((await product.sandbox.lead(item!.targetDealId!)).responsible_user_id).toBe(userId);
    const { items } = await product.api.ok<{ items: object[] }>('GET', `/api/v1/audit?entityId=${ordered.body.id}`);
    expect(items).toMatchObject([{ command: 'CopyDeals', actorKind: 'widget', actorId: String(userId) }]);
  });

  it('changes something once with a token, or as often as there are keys', async () => {
    const sources = await product.sandbox.makeDeals(3);
    const token = await mint();
    const copy = (index: number, headers: Readonly<Record<string, string>> = {}) =>
      asPage<Pick<Accepted, 'id'> & Pick<ProblemAnswer, 'code'>>(token, COPIES, {
        method: 'POST',
        body: { sourceIds: [sources[index]] },
        headers,
      });
    expect((await copy(0)).status).toBe(202);
    const again = await copy(0);
    expect([again.status, again.body.code]).toEqual([401, 'shared.unauthenticated']);
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = [await copy(1, key), await copy(1, key)];
    expect([first.status, second.status, second.body.id]).toEqual([202, 202, first.body.id]);
    expect((await copy(2, { 'idempotency-key': randomUUID() })).status).toBe(202);
  });

  it.each([
    ['alg none', { alg: 'none' }],
    ['HS512', { alg: 'HS512' }],
    ['another secret', { secret: 'another secret' }],
    ['another server', { aud: 'https://evil.example' }],
    ['another issuer', { iss: 'https://demo.amocrm.ru' }],
    ['another account', { account_id: 1 }],
    ['an unknown integration', { client_uuid: randomUUID() }],
    ['its end behind it', { exp: 1_700_000_000 }],
    ['its start far ahead', { nbf: 4_000_000_000 }],
    ['a long life', { exp: 4_000_000_000 }],
    ['no user', { user_id: null }],
  ])('is refused with a token with %s', async (_, wishes) => {
    const { status, body } = await asPage<ProblemAnswer>(await mint(wishes), COPIES);
    expect([status, body.code, body.detail]).toEqual([401, 'shared.unauthenticated', undefined]);
  });

  it('is refused once amoCRM has deactivated the person, and after the disconnection', async () => {
    await product.sandbox.control('POST', `/users/${userId}`, { isActive: false });
    const token = await mint();
    await product.api.ok('POST', '/api/v1/crm/directory/refresh');
    expect((await asPage(token, COPIES)).status).toBe(401);
    await product.sandbox.control('POST', `/users/${userId}`, { isActive: true });
    await product.api.ok('POST', '/api/v1/crm/directory/refresh');
    expect((await asPage(token, COPIES)).status).toBe(200);
    await product.api.ok('DELETE', '/api/v1/crm/connection');
    expect((await asPage(token, COPIES)).status).toBe(401);
    await product.connect();
    expect((await asPage(token, COPIES)).status).toBe(200);
  });
});

describe('the browser of that person', () => {
  const preflight = (origin: string) =>
    send(`${product.api.baseUrl}${COPIES}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,idempotency-key,x-auth-token',
      },
    });

  it('is told that the page may call', async () => {
    const { status, headers } = await preflight(product.sandbox.baseUrl);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, product.sandbox.baseUrl]);
    for (const name of ['X-Auth-Token', 'Content-Type', 'Idempotency-Key', 'If-Match'])
      expect(headers.get('access-control-allow-headers')).toContain(name);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('is told nothing about pages of strangers, until their account is connected', async () => {
    const origin = 'https://somebody.amocrm.ru';
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
    const sql = (text: string) => product.postgres.query('sdelka', text);
    await sql(`UPDATE amo_connections SET base_url = '${origin}'`);
    const allowed = await eventually(
      async () => (await preflight(origin)).headers.get('access-control-allow-origin') ?? false,
      {
        withinMs: 10_000,
      },
    );
    expect(allowed).toBe(origin);
    await sql(`UPDATE amo_connections SET base_url = '${product.sandbox.baseUrl}'`);
  });
});

describe('the logs', () => {
  it('hold no token, secret or password, and say why somebody was refused', () => {
    expect(findLeaks(product)).toEqual([]);
    const api = product
      .logs()
      .filter(({ name }) => name === 'api.log')
      .map(({ text }) => text)
      .join('');
    for (const reason of ['bad_signature', 'wrong_audience', 'expired', 'spent', 'person_deactivated'])
      expect(api).toContain(`one-time token: ${reason}`);
  });
});
