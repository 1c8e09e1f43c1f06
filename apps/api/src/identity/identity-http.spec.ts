import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, type INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { ADMIN, found, identityHouse, type IdentityHouse } from '#testing/identity-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { ProblemFilter } from '../shared/problem.filter.js';
import { openContextPerRequest } from '../shared/request-context.js';
import { createValidationPipe } from '../shared/validation.js';
import { IdentityHttpModule } from './identity-http.module.js';

@Controller('forgotten')
class ForgottenController {
  @Get()
  read(): string {
    return 'secret';
  }
}

let database: TestDatabase;
let house: IdentityHouse;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await testDatabase();
  house = await identityHouse(database, [
    IdentityHttpModule,
    { module: class Extra {}, controllers: [ForgottenController] },
  ]);
  await found(house);
  app = house.module.createNestApplication<INestApplication & NestFastifyApplication>(new FastifyAdapter());
  openContextPerRequest(app.getHttpAdapter().getInstance(), house.module.get(CurrentContext));
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' })));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await app.close();
  await database.close();
});

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, payload, headers });
const get = (url: string, token?: string) =>
  app.inject({ method: 'GET', url, headers: token ? { authorization: `Bearer ${token}` } : {} });
const login = async (): Promise<Tokens> => (await post('/api/v1/auth/login', ADMIN)).json<Tokens>();

describe('signing in over HTTP', () => {
  it('answers a pair of tokens and who one is', async () => {
    const answer = await post('/api/v1/auth/login', ADMIN);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 900,
    });
    const me = await get('/api/v1/auth/me', answer.json<Tokens>().accessToken);
    expect(me.statusCode).toBe(200);
    expect(me.json()).toMatchObject({ email: ADMIN.email, role: 'admin', workspaceId: expect.any(String) });
  });

  it('answers 401 to a wrong password, 422 to a bad body, 429 with Retry-After to too many', async () => {
    const wrong = { email: 'guessed@example.com', password: 'wrong' };
    const first = await post('/api/v1/auth/login', wrong);
    expect([first.statusCode, first.json()]).toMatchObject([401, { code: 'identity.invalid_credentials' }]);
    for (const body of [{}, { ...wrong, extra: 1 }, { email: 1, password: [] }, { email: null, password: null }]) {
      expect((await post('/api/v1/auth/login', body)).statusCode).toBe(422);
    }
    for (let time = 1; time < 10; time++) await post('/api/v1/auth/login', wrong);
    const last = await post('/api/v1/auth/login', wrong);
    expect([last.statusCode, last.headers['retry-after'], last.json()]).toMatchObject([
      429,
      '900',
      { code: 'identity.too_many_attempts' },
    ]);
  });

  it('records the address and the user agent of the caller', async () => {
    await post('/api/v1/auth/login', ADMIN, { 'user-agent': 'a browser' });
    const [line] = await database.owner.query(`SELECT after FROM audit_log WHERE after ->> 'userAgent' = 'a browser'`);
    expect(line).toEqual({ after: { outcome: 'signed_in', ip: '127.0.0.1', userAgent: 'a browser' } });
  });

  it('exchanges a refresh token once', async () => {
    const { refreshToken } = await login();
    expect((await post('/api/v1/auth/refresh', { refreshToken })).statusCode).toBe(200);
    const again = await post('/api/v1/auth/refresh', { refreshToken });
    expect([again.statusCode, again.json()]).toMatchObject([401, { code: 'identity.refresh_reused' }]);
  });

  it('signs out with 204, after which the session cannot be refreshed', async () => {
    const { accessToken, refreshToken } = await login();
    const out = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/logout',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect([out.statusCode, out.body]).toEqual([204, '']);
    expect((await post('/api/v1/auth/refresh', { refreshToken })).json()).toMatchObject({
      code: 'identity.refresh_invalid',
    });
  });
});

describe('the guard', () => {
  it.each(['/api/v1/auth/me', '/api/v1/audit', '/forgotten'])(
    'keeps %s from callers without a credential',
    async (url) => {
      const answer = await get(url);
      expect([answer.statusCode, answer.json()]).toMatchObject([401, { code: 'shared.unauthenticated' }]);
    },
  );

  const GARBAGE = `Bearer ${Buffer.from('{"kid":"k1","alg":"HS256","typ":"JWT"}').toString('base64url')}.garbage.x`;

  it.each(['Bearer', 'Bearer x', 'Basic YTpi', 'Bearer a.b.c', 'Bearer  ', GARBAGE])(
    'refuses the header %p',
    async (authorization) => {
      const answer = await app.inject({ method: 'GET', url: '/api/v1/auth/me', headers: { authorization } });
      expect(answer.statusCode).toBe(401);
    },
  );

  it('refuses a token that has expired', async () => {
    const { accessToken } = await login();
    house.clock.advance(15 * 60_000);
    expect((await get('/api/v1/auth/me', accessToken)).statusCode).toBe(401);
  });

  it('lets callers with a credential in everywhere', async () => {
    expect((await get('/forgotten', (await login()).accessToken)).body).toBe('secret');
  });
});

describe('GET /api/v1/audit', () => {
  it('pages through the trail', async () => {
    const { accessToken } = await login();
    const first = await get('/api/v1/audit?limit=1&command=Login&entityType=identity.session', accessToken);
    expect([first.statusCode, first.json()]).toMatchObject([
      200,
      { items: [{ command: 'Login', at: expect.any(String) }] },
    ]);
    const { items, nextCursor } = first.json<{ items: { id: string }[]; nextCursor: string }>();
    const second = await get(
      `/api/v1/audit?limit=1&command=Login&entityType=identity.session&cursor=${nextCursor}`,
      accessToken,
    );
    expect(second.json<{ items: { id: string }[] }>().items[0]?.id).not.toBe(items[0]?.id);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'cursor=x',
    'from=yesterday',
    'from=2026-11-21',
    'to=2026-W47-6T10:00:00Z',
    'unknown=1',
  ])('answers 422 to ?%s', async (query) => {
    expect((await get(`/api/v1/audit?${query}`, (await login()).accessToken)).statusCode).toBe(422);
  });
});
