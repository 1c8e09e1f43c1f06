import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CanActivate, type ExecutionContext, type INestApplication, Injectable, Module } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { permissionsOf, type Role } from '#domain/identity/permissions.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { HookIntake } from '#application/crm/index.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { PUBLIC_ROUTE } from '../identity/public-route.decorator.js';
import { ProblemFilter } from '../shared/problem.filter.js';
import { openContextPerRequest, setActor } from '../shared/request-context.js';
import { createValidationPipe } from '../shared/validation.js';
import { CrmHttpModule } from './crm-http.module.js';
import { registerHookBodyParser } from './hook-body-parser.js';

/** Believes the headers, for signing in is not what is tested here. */
@Injectable()
class BelievingGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_ROUTE, [execution.getHandler(), execution.getClass()]))
      return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const { 'x-role': role, 'x-workspace': workspaceId, 'x-user': id } = request.headers as Record<string, string>;
    if (!role || !workspaceId || !id) throw new AppError(sharedErrors['shared.unauthenticated']);
    const actor = {
      kind: 'user',
      id: asId<UserId>(id),
      email: 'a@b.c',
      role,
      permissions: permissionsOf(role as Role),
    } as const;
    setActor(request, { workspaceId: asId<WorkspaceId>(workspaceId), actor });
    return true;
  }
}

@Module({ providers: [{ provide: APP_GUARD, useClass: BelievingGuard }] })
class GuardModule {}

let database: TestDatabase;
let house: CrmHouse;
let app: NestFastifyApplication;
const logged: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database, [CrmHttpModule, GuardModule]);
  const adapter = new FastifyAdapter({
    bodyLimit: 2_097_152,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  app = house.module.createNestApplication<INestApplication & NestFastifyApplication>(adapter);
  const fastify = adapter.getInstance();
  openContextPerRequest(fastify, house.module.get(CurrentContext));
  registerHookBodyParser(fastify, house.module.get(HookIntake));
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(pino({ level: 'debug' }, { write: (line) => void logged.push(line) })));
  await app.init();
  await fastify.ready();
});
afterAll(async () => {
  await app.close();
  await database.close();
});

interface Asked {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
  role?: Role;
  headers?: Record<string, string>;
}
const ask = ({ method, path, body, role = 'admin', headers = {} }: Asked) =>
  app.inject({
    method,
    url: `/api/v1/crm/${path}`,
    ...(body && { payload: body }),
    headers: { 'x-role': role, 'x-workspace': house.workspaceId, 'x-user': house.userId, ...headers },
  });
const get = (path: string, role?: Role) => ask({ method: 'GET', path, role });
const post = (path: string, body?: object, role?: Role) => ask({ method: 'POST', path, body, role });
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

type Token = Record<'id' | 'token' | 'path', string>;
const create = async (): Promise<Token> =>
  (await post('hook-tokens', { name: 'Copy', kind: 'digital_pipeline' })).json<Token>();

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

  it('are for administrators, and not found under a bad id or one of nobody', async () => {
    expect((await post('hooks/replays', PERIOD, 'manager')).statusCode).toBe(403);
    expect((await get('hooks/replays/1')).json()).toMatchObject({ code: 'shared.not_found' });
    const nobody = 'hooks/replays/018f0000-0000-7000-8000-000000000009';
    for (const path of [nobody, `${nobody}/hooks`])
      expect((await get(path)).json()).toMatchObject({ code: 'crm.hook_replay_unknown' });
  });
});

describe('disconnecting over HTTP', () => {
  it('ends with the state, and the next call says so', async () => {
    expect((await ask({ method: 'DELETE', path: 'connection' })).statusCode).toBe(204);
    expect((await get('connection')).json()).toMatchObject({ state: 'disconnected', nextStep: { code: 'connect' } });
    expect((await get('directory')).statusCode).toBe(200);
  });
});
