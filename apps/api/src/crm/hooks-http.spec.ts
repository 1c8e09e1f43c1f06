import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '#domain/identity/permissions.js';
import { type CrmHttpHouse, crmHttpHouse } from '../../test/crm-http-house.js';

let http: CrmHttpHouse;
let database: CrmHttpHouse['database'];
let app: CrmHttpHouse['app'];
let logged: CrmHttpHouse['logged'];
beforeAll(async () => {
  http = await crmHttpHouse();
  ({ database, app, logged } = http);
});
afterAll(() => http.close());

const ask: CrmHttpHouse['ask'] = (...args) => http.ask(...args);
const get: CrmHttpHouse['get'] = (...args) => http.get(...args);
const post: CrmHttpHouse['post'] = (...args) => http.post(...args);
const create: CrmHttpHouse['create'] = (...args) => http.create(...args);

describe('the hook intake over HTTP', () => {
  const send = (path: string, payload: string | Buffer | undefined, contentType?: string) =>
    app.inject({ method: 'POST', url: path, payload, headers: contentType ? { 'content-type': contentType } : {} });
  const last = async () => {
    const [row] = await database.owner.query<{ body: Buffer; content_type: string }[]>(
      'SELECT body, content_type FROM hook_inbox ORDER BY id DESC LIMIT 1',
    );
    return row;
  };

  it.each([
    ['a form', 'leads[status][0][id]=1&a=%D1', 'application/x-www-form-urlencoded'],
    ['JSON', '{"a":1}', 'application/json; charset=utf-8'],
    ['broken JSON', '{"a":', 'application/json'],
    ['JSON that pollutes', '{"__proto__":{"a":1}}', 'application/json'],
    ['bytes', Buffer.from([0, 255, 1]), 'application/octet-stream'],
    ['a broken type', 'a=1', 'not a type at all;;;'],
  ])('keeps %s as it came', async (_, body, type) => {
    const { path } = await create();
    const answer = await send(path, body, type);
    expect([answer.statusCode, answer.json()]).toEqual([200, {}]);
    expect(await last()).toEqual({ body: Buffer.from(body), content_type: type });
  });

  it('takes a body without a type, none at all, and a trailing slash', async () => {
    const { path } = await create();
    expect((await send(path, undefined)).statusCode).toBe(200);
    expect((await send(`${path}/`, 'a=1', 'text/plain')).statusCode).toBe(200);
    expect((await get('hooks?limit=2', 'viewer')).json()).toMatchObject({
      items: [{ sizeBytes: 3, state: 'new' }, { sizeBytes: 0 }],
    });
  });

  it('answers 404 to a wrong token and 413 to 10 MB, and logs no token', async () => {
    const { path, token } = await create();
    const wrong = 'A'.repeat(43);
    for (const guess of [wrong, 'short', 'x'.repeat(150), '%00']) {
      expect((await send(`/hooks/amocrm/${guess}`, 'a=1')).statusCode).toBe(404);
    }
    const large = await send(path, Buffer.alloc(10_485_760, 97), 'application/json');
    expect([large.statusCode, large.json()]).toMatchObject([413, { code: 'shared.too_large' }]);
    expect((await send(path, Buffer.alloc(1_048_577, 97), 'text/plain')).statusCode).toBe(413);
    const text = logged.join('');
    expect(text).toContain('crm.hook_token_unknown');
    expect([text.includes(wrong), text.includes(token)]).toEqual([false, false]);
  });

  it('leaves the bodies of other routes to their parsers', async () => {
    const headers = { 'content-type': 'application/vnd.sdelka.raw-hook' };
    const raw = await ask({
      method: 'POST',
      path: 'hook-tokens',
      headers,
      body: Buffer.from('{"name":"a","kind":"account"}'),
    });
    expect(raw.statusCode).toBe(415);
    const broken = await ask({
      method: 'POST',
      path: 'hook-tokens',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{'),
    });
    expect(broken.statusCode).toBe(422);
  });
});

describe('received hooks over HTTP', () => {
  it('are listed and shown, the body to administrators only', async () => {
    const { id: hookTokenId, path } = await create();
    await app.inject({ method: 'POST', url: path, payload: 'a=1', headers: { 'content-type': 'text/plain' } });
    const { items } = (await get(`hooks?hookTokenId=${hookTokenId}`, 'viewer')).json<{ items: { id: string }[] }>();
    expect(items).toMatchObject([{ hookTokenId, event: null, operationIds: [], runCount: 0 }]);
    const card = async (role: Role) => (await get(`hooks/${items[0]?.id}`, role)).json<object>();
    expect(await card('admin')).toMatchObject({ body: { encoding: 'text', content: 'a=1' }, runs: [], reading: null });
    expect(await card('viewer')).toMatchObject({ contentType: 'text/plain', body: null });
  });

  it.each([
    'state=other',
    'outcome=',
    'hookTokenId=1',
    'from=yesterday',
    'to=2026-01-01T00:00:00',
    'dealId=0',
    'dealId=1.5',
    'entity=leads',
    'entityId=1',
    'dealId=1&entity=leads&entityId=1',
    'cursor=nonsense',
    'other=1',
  ])('refuse the list %s', async (query) => {
    expect((await get(`hooks?${query}`)).statusCode).toBe(422);
  });

  it('are not found under a bad id or one of nobody', async () => {
    expect((await get('hooks/1')).json()).toMatchObject({ code: 'shared.not_found' });
    expect((await get('hooks/018f0000-0000-7000-8000-000000000009')).json()).toMatchObject({
      code: 'crm.hook_unknown',
    });
  });
});

describe('replays over HTTP', () => {
  const PERIOD = { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00+03:00' };

  it('are ordered, followed and cancelled', async () => {
    const { path } = await create();
    await app.inject({ method: 'POST', url: path, payload: 'a=1', headers: { 'content-type': 'text/plain' } });
    const { items } = (await get('hooks?limit=1')).json<{ items: { id: string }[] }>();
    const hookId = items[0]?.id;
    expect((await post(`hooks/${hookId}/replay`)).json()).toMatchObject({ code: 'crm.hook_in_progress' });
    await database.owner.query(`UPDATE hook_inbox SET state = 'failed', outcome = 'crm.unreachable' WHERE id = $1`, [
      hookId,
    ]);
    const one = await post(`hooks/${hookId}/replay`, { force: true });
    const { id } = one.json<{ id: string }>();
    expect([one.statusCode, one.headers.location, one.json()]).toEqual([
      202,
      `/api/v1/crm/hooks/replays/${id}`,
      { id, status: 'running', total: 1, skipped: 0 },
    ]);
    expect((await get(`hooks/replays/${id}`, 'viewer')).json()).toMatchObject({ hookId, force: true, pending: 0 });
    expect((await get(`hooks/replays/${id}/hooks`, 'viewer')).json()).toEqual({ items: [], nextCursor: null });
    expect((await post(`hooks/replays/${id}/cancel`)).statusCode).toBe(204);
    expect((await post(`hooks/replays/${id}/cancel`)).json()).toMatchObject({ code: 'crm.hook_replay_ended' });
    const many = await post('hooks/replays', { ...PERIOD, states: ['failed'], dryRun: true });
    expect([many.statusCode, many.json()]).toMatchObject([202, { status: 'done', total: 1 }]);
  });

  it.each([
    [{}],
    [{ from: PERIOD.from }],
    [{ from: PERIOD.to, to: PERIOD.from }],
    [{ ...PERIOD, from: '2026-01-01' }],
    [{ ...PERIOD, states: [] }],
    [{ ...PERIOD, states: ['new'] }],
    [{ ...PERIOD, states: 'failed' }],
    [{ ...PERIOD, hookTokenId: '1' }],
    [{ ...PERIOD, force: 'true' }],
    [{ ...PERIOD, hookId: '018f0000-0000-7000-8000-000000000009' }],
  ])('refuse %j', async (body) => {
    expect((await post('hooks/replays', body)).statusCode).toBe(422);
  });

  it('know nothing of the hooks, tokens and replays of another workspace', async () => {
    const { id: hookTokenId, path } = await create();
    await app.inject({ method: 'POST', url: path, payload: 'a=1', headers: { 'content-type': 'text/plain' } });
    await database.owner.query(`UPDATE hook_inbox SET state = 'failed', outcome = 'x' WHERE token_id = $1`, [
      hookTokenId,
    ]);
    const { items } = (await get(`hooks?hookTokenId=${hookTokenId}`)).json<{ items: { id: string }[] }>();
    const { id } = (await post('hooks/replays', { ...PERIOD, hookTokenId })).json<{ id: string }>();

    const headers = { 'x-workspace': '018f0000-0000-7000-8000-00000000000b' };
    const elsewhere = async (method: 'GET' | 'POST', asked: string, body?: object) =>
      (await ask({ method, path: asked, headers, ...(body && { body }) })).json<object>();
    expect(await elsewhere('POST', 'hooks/replays', { ...PERIOD, hookTokenId, dryRun: true })).toMatchObject({
      total: 0,
    });
    expect(await elsewhere('POST', 'hooks/replays', { ...PERIOD, dryRun: true })).toMatchObject({ total: 0 });
    expect(await elsewhere('POST', `hooks/${items[0]?.id}/replay`)).toMatchObject({ code: 'crm.hook_unknown' });
    for (const part of ['', '/hooks'])
      expect(await elsewhere('GET', `hooks/replays/${id}${part}`)).toMatchObject({ code: 'crm.hook_replay_unknown' });
    expect(await elsewhere('POST', `hooks/replays/${id}/cancel`)).toMatchObject({ code: 'crm.hook_replay_unknown' });
    expect((await get(`hooks/replays/${id}`)).json()).toMatchObject({ status: 'running', total: 1 });
  });

  it('are for administrators, and not found under a bad id or one of nobody', async () => {
    expect((await post('hooks/replays', PERIOD, 'manager')).statusCode).toBe(403);
    expect((await get('hooks/replays/1')).json()).toMatchObject({ code: 'shared.not_found' });
    const nobody = 'hooks/replays/018f0000-0000-7000-8000-000000000009';
    for (const path of [nobody, `${nobody}/hooks`])
      expect((await get(path)).json()).toMatchObject({ code: 'crm.hook_replay_unknown' });
  });
});
