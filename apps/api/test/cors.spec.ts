import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storeAccount } from '#testing/crm/connected-account.js';
import { type ApiHouse, apiHouse } from './api-house.js';

const COPIES = '/api/v1/deals/copies';
const ORIGIN = 'https://demo.amocrm.ru';

let house: ApiHouse;
beforeAll(async () => {
  house = await apiHouse();
  const [row] = await house.database.owner.query<{ id: string }[]>('SELECT id FROM workspaces');
  await storeAccount(house.database.owner, { workspaceId: row!.id, baseUrl: ORIGIN });
});
afterAll(() => house.close());

interface Call {
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly payload?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const call = (url: string, { method = 'GET', payload, headers }: Call = {}) =>
  house.fastify.inject({ method, url, payload, headers });

describe('pages of other origins', () => {
  const corsOf = ({ headers }: Awaited<ReturnType<typeof call>>) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
  const EXPOSED = { 'access-control-expose-headers': 'ETag, Location, Retry-After' };

  const preflight = (origin: string) =>
    call(COPIES, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-auth-token, content-type, idempotency-key',
      },
    });

  it('may ask first, when they are pages of a connected account', async () => {
    const answer = await preflight(ORIGIN);
    expect(answer.statusCode).toBe(204);
    expect(corsOf(answer)).toEqual({
      ...EXPOSED,
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'X-Auth-Token, Content-Type, Idempotency-Key, If-Match',
      'access-control-max-age': '600',
    });
    expect(answer.headers.vary).toMatch(/origin/i);
  });

  it('may read what they are answered, refusals too', async () => {
    const allowed = { ...EXPOSED, 'access-control-allow-origin': ORIGIN };
    const headers = { origin: ORIGIN };
    expect(corsOf(await call(COPIES, { method: 'POST', payload: {}, headers }))).toEqual(allowed);
    expect(corsOf(await call(COPIES, { headers }))).toEqual(allowed);
    expect(corsOf(await call('/api/v1/nowhere', { headers }))).toEqual(allowed);
  });

  it('may read them from the configured sandbox', async () => {
    expect(corsOf(await call(COPIES, { headers: { origin: 'http://127.0.0.1:9' } }))).toMatchObject({
      'access-control-allow-origin': 'http://127.0.0.1:9',
    });
  });

  it.each(['https://other.amocrm.ru', 'https://evil.example', 'null', 'https://demo.amocrm.ru.evil.example'])(
    'get nothing of the kind when they are of %s',
    async (origin) => {
      const answers = [await preflight(origin), await call(COPIES, { headers: { origin } })];
      expect(answers.map(corsOf)).toEqual([{}, {}]);
      expect(answers[0]?.statusCode).toBe(404);
    },
  );

  it('may call the API and nothing beside it', async () => {
    for (const url of ['/health/live', '/metrics', '/hooks/amocrm/x'])
      expect(corsOf(await call(url, { headers: { origin: ORIGIN } }))).toEqual({});
  });
});
