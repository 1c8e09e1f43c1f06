import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { type CrmHttpHouse, crmHttpHouse, type Token } from '../../test/crm-http-house.js';
import { externalConnecting } from '../../test/external-connecting.js';

let http: CrmHttpHouse;
let house: CrmHttpHouse['house'];
let app: CrmHttpHouse['app'];
beforeAll(async () => {
  http = await crmHttpHouse();
  ({ house, app } = http);
});
afterAll(() => http.close());

const ask: CrmHttpHouse['ask'] = (...args) => http.ask(...args);
const get: CrmHttpHouse['get'] = (...args) => http.get(...args);
const post: CrmHttpHouse['post'] = (...args) => http.post(...args);

const callback = (query: Record<string, string>) =>
  app.inject({ method: 'GET', url: '/api/v1/crm/oauth/callback', query, headers: { 'accept-language': 'en' } });

describe('connecting over HTTP', () => {
  it('goes from the button to the page, and shows its state', async () => {
    expect((await get('connection')).json()).toMatchObject({
      state: 'disconnected',
      since: null,
      account: null,
      nextStep: { code: 'connect' },
    });
    const started = await post('connection/start');
    expect(started.statusCode).toBe(200);
    const state = new URL(started.json<{ authorizeUrl: string }>().authorizeUrl).searchParams.get('state') ?? '';
    const given = { state, code: 'code', referer: 'demo.amocrm.ru', platform: '1', client_id: 'x', from_widget: '1' };
    const page = await callback(given);
    expect([page.statusCode, page.headers['content-type'], page.body]).toEqual([
      200,
      'text/html; charset=utf-8',
      expect.stringContaining('amoCRM is connected'),
    ]);
    expect((await get('connection', 'viewer')).json()).toMatchObject({
      state: 'active',
      account: { id: 31, platform: 'amocrm' },
      nextStep: null,
    });
    expect((await callback(given)).statusCode).toBe(422);
  });

  it.each([
    ['a guessed state', { state: '<script>alert(1)</script>', code: 'x', referer: 'demo.amocrm.ru' }],
    ['nothing', {}],
    ['a refusal', { error: '<script>alert(1)</script>', state: 'x' }],
  ])('answers %s with a page that repeats nothing of it', async (_, query) => {
    const page = await callback(query);
    expect(page.statusCode).toBe(422);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).toContain('amoCRM is not connected');
    expect(page.body).not.toContain('<script');
  });

  it('answers installs of the widget with a page, in time, whatever becomes of them', async () => {
    const given = {
      code: 'installed',
      referer: 'demo.amocrm.ru',
      from_widget: '1',
      platform: '1',
      client_id: 'client-1',
    };
    const grants = house.module.get<AmoGrants>(AMO_GRANTS);
    const token = async () => (await house.as('system', () => grants.current())).accessToken;
    const taken = await callback(given);
    expect([taken.statusCode, taken.body]).toEqual([200, expect.stringContaining('amoCRM is connected')]);
    expect(await token()).toBe('access-installed');

    const refused = await callback({ ...given, referer: '<script>alert(1)</script>' });
    expect([refused.statusCode, refused.body]).toEqual([200, expect.stringContaining('amoCRM is not connected')]);
    expect(refused.body).not.toContain('<script');
    expect(refused.headers['content-security-policy']).toContain("default-src 'none'");

    let finish = () => undefined as void;
    house.amo.exchanging = new Promise((resolve) => (finish = resolve));
    const early = await callback({ ...given, code: 'slow' });
    expect([early.statusCode, early.body]).toEqual([200, expect.stringContaining('The install was received')]);
    expect(await token()).toBe('access-installed');
    finish();
    await eventually(async () => (await token()) === 'access-slow');
    // With a state it is a browser's way back, whatever else it carries.
    expect((await callback({ ...given, state: 'guess' })).statusCode).toBe(422);
  });

  it('leaves the limits as they are when there is no body, or one that is null', async () => {
    const before = (await get('connection')).json();
    const headers = { 'content-type': 'application/json' };
    const empty = [{}, { body: Buffer.from('null'), headers }, { body: {} }];
    for (const asked of empty) {
      const answer = await ask({ method: 'PATCH', path: 'connection/limits', ...asked });
      expect([answer.statusCode, answer.json()]).toEqual([200, before]);
    }
  });

  it('opens the consent page of the platform that is asked for', async () => {
    const started = async (body?: object) =>
      new URL((await post('connection/start', body)).json<{ authorizeUrl: string }>().authorizeUrl);
    const shown = [undefined, {}, { platform: 'kommo' }, { account: 'https://demo.kommo.com/leads' }].map(started);
    expect((await Promise.all(shown)).map(({ host, searchParams }) => [host, searchParams.get('client_id')])).toEqual([
      ['www.amocrm.ru', 'client-1'],
      ['www.amocrm.ru', 'client-1'],
      ['www.kommo.com', 'client-2'],
      ['www.kommo.com', 'client-2'],
    ]);
    for (const body of [{ platform: 'bitrix' }, { account: 'evil.example' }, { account: '' }, { accounts: [] }]) {
      expect((await post('connection/start', body)).statusCode).toBe(422);
    }
  });

  it('shows the directory once it was read', async () => {
    const early = await get('directory');
    expect([early.statusCode, early.headers['retry-after'], early.json()]).toMatchObject([
      503,
      '3',
      { code: 'crm.directory_not_read' },
    ]);
    expect((await post('directory/refresh')).json()).toEqual({ fetchedAt: '2026-11-21T09:00:00.000Z' });
    const directory = await get('directory', 'viewer');
    expect(directory.json()).toMatchObject({
      markerFieldId: 900,
      fetchedAt: '2026-11-21T09:00:00.000Z',
      pipelines: [{ id: 3 }],
    });
  });

  it('is for administrators, and for nobody without a credential', async () => {
    expect((await post('connection/start', undefined, 'manager')).statusCode).toBe(403);
    expect((await ask({ method: 'DELETE', path: 'connection', role: 'operator' })).statusCode).toBe(403);
    for (const path of ['connection', 'directory', 'hook-tokens', 'hooks']) {
      expect((await app.inject({ method: 'GET', url: `/api/v1/crm/${path}` })).statusCode).toBe(401);
    }
  });
});

describe('hook tokens over HTTP', () => {
  it('are made, read, changed, rotated and revoked', async () => {
    const made = await post('hook-tokens', {
      name: 'Copy',
      kind: 'digital_pipeline',
      options: { contacts: 'none' },
      onceWithinMinutes: 5,
    });
    const { id, token, path } = made.json<Token>();
    expect([made.statusCode, made.headers.location]).toEqual([201, `/api/v1/crm/hook-tokens/${id}`]);
    expect(path).toBe(`/hooks/amocrm/${token}`);
    const read = await get(`hook-tokens/${id}`);
    expect([read.headers.etag, read.json()]).toMatchObject([
      '"1"',
      { name: 'Copy', options: { contacts: 'none' }, onceWithinMinutes: 5 },
    ]);
    expect(read.body).not.toContain(token);

    const change = (ifMatch?: string) =>
      ask({
        method: 'PATCH',
        path: `hook-tokens/${id}`,
        body: { name: 'New' },
        headers: ifMatch ? { 'if-match': ifMatch } : {},
      });
    const changed = await change('"1"');
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"']);
    expect([
      (await change('"1"')).statusCode,
      (await change('nonsense')).statusCode,
      (await change()).statusCode,
    ]).toEqual([409, 422, 200]);

    const rotated = await post(`hook-tokens/${id}/rotate`);
    expect([rotated.statusCode, rotated.json<Token>().id]).toEqual([200, id]);
    expect((await ask({ method: 'DELETE', path: `hook-tokens/${id}` })).statusCode).toBe(204);
    expect((await post(`hook-tokens/${id}/rotate`, { overlapMinutes: 5 })).json()).toMatchObject({
      code: 'crm.hook_token_revoked',
    });
    expect((await get('hook-tokens?limit=1')).json()).toMatchObject({ items: [{ id }], nextCursor: null });
  });

  it.each([
    [{}],
    [{ name: '', kind: 'account' }],
    [{ name: 'a'.repeat(121), kind: 'account' }],
    [{ name: 'a', kind: 'other' }],
    [{ name: 'a', kind: 'account', onceWithinMinutes: 0 }],
    [{ name: 'a', kind: 'account', options: [] }],
    [{ name: 'a', kind: 'account', options: null }],
    [{ name: 'a', kind: 'account', options: { a: 1 } }],
    [{ name: 'a', kind: 'account', token: 'mine' }],
  ])('refuse %j', async (body) => {
    expect((await post('hook-tokens', body)).statusCode).toBe(422);
  });

  it('are not found under a bad id or one of nobody', async () => {
    for (const id of ['1', '018f0000-0000-7000-8000-000000000009'])
      expect((await get(`hook-tokens/${id}`)).statusCode).toBe(404);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=nonsense', 'cursor=WzFd', 'state=other'])(
    'refuse the list %s',
    async (query) => {
      expect((await get(`hook-tokens?${query}`)).statusCode).toBe(422);
    },
  );
});

describe('disconnecting over HTTP', () => {
  it('ends with the state, and the next call says so', async () => {
    expect((await ask({ method: 'DELETE', path: 'connection' })).statusCode).toBe(204);
    expect((await get('connection')).json()).toMatchObject({ state: 'disconnected', nextStep: { code: 'connect' } });
    expect((await get('directory')).statusCode).toBe(200);
  });
});

externalConnecting(() => http);
