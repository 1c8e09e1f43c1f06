import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { PUBLIC_PATHS, SESSION_PATHS } from '../src/openapi/public-paths.js';
import { type ApiHouse, apiHouse } from './api-house.js';

const FILE = join(process.cwd(), 'docs/openapi.json');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

let house: ApiHouse;
beforeAll(async () => {
  house = await apiHouse();
});
afterAll(() => house.close());

type Operation = { security?: unknown[]; responses: Record<string, unknown> };

const operations = () =>
  Object.entries(house.document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Partial<Record<string, Operation>>)[method];
      return operation ? [{ path, method: method.toUpperCase() as Uppercase<typeof method>, operation }] : [];
    }),
  );

/** `/a/{id}` as an address that matches the route. */
const addressOf = (path: string): string => path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');

describe('the API document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(house.document) as never);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('is the committed one', () => {
    const text = `${JSON.stringify(house.document, null, 2)}\n`;
    if (process.env.UPDATE_OPENAPI === '1') writeFileSync(FILE, text);
    // After a change of the API: npm run openapi, and commit docs/openapi.json.
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it('has every route of the process, and no other', () => {
    const { routes } = house;
    expect(routes.length).toBeGreaterThan(20);
    const documented = operations().map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    const own = routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route));
    expect([...new Set(own)].sort()).toEqual([...documented].sort());
  });

  it('says 401 for every route that needs a credential, and the routes do', async () => {
    const open: string[] = [];
    for (const { path, method, operation } of operations()) {
      const answer = await house.fastify.inject({
        method,
        url: addressOf(path),
        payload: method === 'GET' ? undefined : {},
      });
      if (answer.statusCode !== 401) open.push(path);
      if (!PUBLIC_PATHS.has(path)) {
        expect(answer.json()).toMatchObject({ status: 401, code: 'shared.unauthenticated' });
        expect(operation.responses).toHaveProperty('401');
        const others = SESSION_PATHS.has(path) ? [] : [{ widget: [] }, { key: [] }];
        expect(operation.security).toEqual([{ bearer: [] }, ...others]);
      }
    }
    expect(open.filter((path) => !PUBLIC_PATHS.has(path))).toEqual([]);
  });
});

describe('answers at the edge', () => {
  const problem = (code: string, status: number) => ({
    code,
    status,
    requestId: expect.any(String),
    instance: expect.any(String),
  });

  it.each([
    ['GET', '/nowhere', undefined, 404, 'shared.not_found'],
    ['POST', '/api/v1/auth/login', '{"email":', 422, 'shared.malformed_body'],
    ['POST', '/api/v1/auth/login', '[]', 422, 'shared.validation_failed'],
    ['GET', '/api/v1/deals/copies', undefined, 401, 'shared.unauthenticated'],
  ] as const)('%s %s %s', async (method, url, payload, status, code) => {
    const answer = await house.fastify.inject({
      method,
      url,
      payload,
      headers: payload ? { 'content-type': 'application/json' } : {},
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject(problem(code, status));
  });

  it('refuses other content types and huge bodies', async () => {
    const xml = await house.fastify.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: '<a/>',
      headers: { 'content-type': 'application/xml' },
    });
    expect([xml.statusCode, xml.json()]).toMatchObject([415, { code: 'shared.unsupported_media_type' }]);
    const huge = await house.fastify.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { email: 'x'.repeat(3_000_000) },
    });
    expect([huge.statusCode, huge.json()]).toMatchObject([413, { code: 'shared.too_large' }]);
  });

  it('accepts a trailing slash', async () => {
    const token = await house.signIn();
    const answer = await house.fastify.inject({
      method: 'GET',
      url: '/api/v1/deals/copies/',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { items: [], nextCursor: null }]);
  });

  it('says what is wrong with a copy order, all at once', async () => {
    const token = await house.signIn();
    const answer = await house.fastify.inject({
      method: 'POST',
      url: '/api/v1/deals/copies',
      headers: { authorization: `Bearer ${token}` },
      payload: { sourceIds: [0, 'x'], options: { nameTemplate: '', responsible: { mode: 'boss' }, extra: 1 } },
    });
    expect(answer.statusCode).toBe(422);
    const paths = answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path);
    expect(new Set(paths)).toEqual(
      new Set(['sourceIds', 'options.nameTemplate', 'options.responsible.mode', 'options.extra']),
    );
  });

  it('says that amoCRM is not connected before anything is promised', async () => {
    const token = await house.signIn();
    const answer = await house.fastify.inject({
      method: 'POST',
      url: '/api/v1/deals/copies',
      headers: { authorization: `Bearer ${token}` },
      payload: { sourceIds: [1] },
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([409, { code: 'crm.not_connected' }]);
  });

  it('says that a server without an integration cannot be connected to amoCRM', async () => {
    const bare = await apiHouse({ integration: false });
    try {
      const headers = { authorization: `Bearer ${await bare.signIn()}` };
      const url = '/api/v1/crm/connection';
      const payload = { code: 'code', referer: 'example.amocrm.ru' };
      const started = await bare.fastify.inject({ method: 'POST', url: `${url}/start`, headers });
      const byCode = await bare.fastify.inject({ method: 'POST', url: `${url}/code`, headers, payload });
      for (const answer of [started, byCode]) {
        expect([answer.statusCode, answer.json()]).toMatchObject([409, { code: 'crm.integration_missing' }]);
      }
    } finally {
      await bare.close();
    }
  });

  it('is live and ready, and shows its figures', async () => {
    expect((await house.fastify.inject({ method: 'GET', url: '/health/live' })).json()).toEqual({ status: 'ok' });
    expect((await house.fastify.inject({ method: 'GET', url: '/health/ready' })).json()).toEqual({
      ready: true,
      failing: {},
    });
    expect((await house.fastify.inject({ method: 'GET', url: '/metrics' })).body).toContain(
      'sdelka_message_duration_seconds',
    );
  });
});
