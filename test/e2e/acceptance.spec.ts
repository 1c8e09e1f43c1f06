import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PageOf, Tokens } from '#testing/product/api-types.js';
import { type HttpCall, type ProblemAnswer, send } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';

const LOGIN = '/api/v1/auth/login';
// With the trailing slash, as the rows have them.
const CLIENTS = '/api/v1/clients/';
const COMMENTS = '/api/v1/comments/';
const NOBODY = '01890000-0000-7000-8000-00000000dead';
const CONNECTIONS = 64;
const ROUNDS = 6;

interface Client {
  readonly id: string;
  readonly name: string;
}
interface Comment {
  readonly id: string;
  readonly clientId: string;
  readonly text: string;
}

let product: Product;
beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'acceptance' });
});
afterAll(() => product?.stop());

const call = <T>(method: string, path: string, body?: unknown, headers: HttpCall['headers'] = {}) =>
  product.api.call<T>(path, { method, body, headers });
const addClient = (name: string) => product.api.ok<Client>('POST', CLIENTS, { name });

describe('the nine acceptance rows', () => {
  it('POST /api/v1/auth/login with good data: 200 and a JWT', async () => {
    const { status, body } = await send<Tokens>(`${product.api.baseUrl}${LOGIN}`, {
      method: 'POST',
      body: product.administrator,
    });
    expect([status, body]).toEqual([
      200,
      { accessToken: expect.any(String), refreshToken: expect.any(String), expiresIn: 900 },
    ]);
    const parts = body.accessToken.split('.');
    expect(parts).toHaveLength(3);
    const [header, claims] = parts.slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect([header, claims]).toMatchObject([{ alg: 'HS256' }, { exp: expect.any(Number) }]);
    const authorization = `Bearer ${body.accessToken}`;
    const me = await send(`${product.api.baseUrl}/api/v1/auth/me`, { headers: { authorization } });
    expect([me.status, me.body]).toMatchObject([200, { email: product.administrator.email, role: 'admin' }]);
  });

  it('POST /api/v1/auth/login with a wrong password: 401', async () => {
    const wrong = { ...product.administrator, password: 'not the password' };
    const { status, headers, body } = await call<ProblemAnswer>('POST', LOGIN, wrong);
    expect([status, body]).toMatchObject([401, { status: 401, code: 'identity.invalid_credentials' }]);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  it('GET /api/v1/clients/: 200 and the list', async () => {
    const { id } = await addClient('Listed');
    const { status, body } = await call<PageOf<Client>>('GET', CLIENTS);
    expect([status, body.items.map((client) => client.id)]).toEqual([200, expect.arrayContaining([id])]);
    expect(body).toHaveProperty('nextCursor');
  });

  it('POST /api/v1/clients/ with correct data: 201 and the object', async () => {
    const card = {
      name: 'Кузнецова Мария',
      phones: [{ value: '8 (916) 123-45-67' }],
      emails: [{ value: 'm@example.ru' }],
    };
    const { status, headers, body } = await call<Client>('POST', CLIENTS, card);
    expect([status, body]).toMatchObject([
      201,
      {
        id: expect.any(String),
        name: card.name,
        phones: [{ e164: '+79161234567' }],
        emails: [{ value: 'm@example.ru' }],
      },
    ]);
    expect(headers.get('location')).toBe(`/api/v1/clients/${body.id}`);
    expect((await call<Client>('GET', `${CLIENTS}${body.id}`)).body).toMatchObject({ id: body.id, name: card.name });
  });

  it('POST /api/v1/clients/ without required fields: 422', async () => {
    for (const body of [{}, { phones: [] }, { name: '' }, { name: null }]) {
      const answer = await call<ProblemAnswer>('POST', CLIENTS, body);
      expect([answer.status, answer.body]).toMatchObject([422, { code: 'shared.validation_failed' }]);
      expect(new Set(answer.body.errors?.map(({ path }) => path))).toEqual(new Set(['name']));
    }
  });

  it('DELETE /api/v1/clients/{id} with a valid id: 204', async () => {
    const { id } = await addClient('Deleted');
    const { status, body } = await call('DELETE', `${CLIENTS}${id}`);
    expect([status, body]).toEqual([204, '']);
    expect((await call('GET', `${CLIENTS}${id}`)).status).toBe(404);
    expect((await call('DELETE', `${CLIENTS}${id}`)).status).toBe(404);
  });

  it('POST /api/v1/comments/: 201 and the object', async () => {
    const { id: clientId } = await addClient('Commented');
    const { status, headers, body } = await call<Comment>('POST', COMMENTS, { clientId, text: 'Просил перезвонить' });
    expect([status, body]).toMatchObject([201, { id: expect.any(String), clientId, text: 'Просил перезвонить' }]);
    expect(headers.get('location')).toBe(`/api/v1/comments/${body.id}`);
    const { items } = await product.api.ok<PageOf<Comment>>('GET', `${CLIENTS}${clientId}/comments`);
    expect(items.map((comment) => comment.id)).toEqual([body.id]);
  });

  it('a protected endpoint without a JWT: 401', async () => {
    const requests: readonly (readonly [string, string, object?])[] = [
      ['GET', '/api/v1/auth/me'],
      ['GET', CLIENTS],
      ['POST', CLIENTS, { name: 'Nobody' }],
      ['DELETE', `${CLIENTS}${NOBODY}`],
      ['POST', COMMENTS, { clientId: NOBODY, text: 'x' }],
    ];
    for (const [method, path, body] of requests) {
      const { status, body: problem } = await send<ProblemAnswer>(`${product.api.baseUrl}${path}`, { method, body });
      expect([method, path, status, problem.code]).toEqual([method, path, 401, 'shared.unauthenticated']);
    }
  });

  it('many parallel requests: stable answers, no error, everything written exactly once', async () => {
    const mark = randomUUID();
    const told = new Map<string, number>();
    const made: Client[] = [];
    const deleted: string[] = [];
    const tell = <T extends { status: number }>(what: string, answer: T): T => {
      const key = `${what} ${answer.status}`;
      told.set(key, (told.get(key) ?? 0) + 1);
      return answer;
    };
    const once = () => ({ 'idempotency-key': randomUUID() });
    const round = async (connection: number, n: number): Promise<void> => {
      const key = once();
      const add = async () =>
        tell('add', await call<Client>('POST', CLIENTS, { name: `${mark} ${connection} ${n}` }, key));
      // Every other caller is impatient and sends it twice.
      const [first, again] = await Promise.all(n % 2 ? [add(), add()] : [add()]);
      if (again) expect(again.body.id).toBe(first!.body.id);
      const { id, name } = first!.body;
      made.push({ id, name });
      const text = `${mark} ${id}`;
      tell('comment', await call('POST', COMMENTS, { clientId: id, text }, once()));
      tell('list', await call('GET', `${CLIENTS}?limit=20`));
      tell('edit', await call('PATCH', `${CLIENTS}${id}`, { notes: text }, { 'if-match': '"1"' }));
      expect(tell('read', await call<object>('GET', `${CLIENTS}${id}`)).body).toMatchObject({
        id,
        name,
        notes: text,
        version: 2,
      });
      if (n !== 0) return;
      tell('delete', await call('DELETE', `${CLIENTS}${id}`));
      deleted.push(id);
    };
    const connection = async (_: unknown, number: number): Promise<void> => {
      for (let n = 0; n < ROUNDS; n++) await round(number, n);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));

    const all = CONNECTIONS * ROUNDS;
    expect(Object.fromEntries(told)).toEqual({
      'add 201': all * 1.5,
      'comment 201': all,
      'list 200': all,
      'edit 200': all,
      'read 200': all,
      'delete 204': CONNECTIONS,
    });
    const rows = await product.postgres.query<{ id: string }>(
      'sdelka',
      `SELECT c.id, c.name, c.deleted_at IS NOT NULL AS deleted,
              (SELECT count(*)::int FROM client_entries e WHERE e.client_id = c.id AND e.text = $2 || c.id) AS comments
       FROM clients c WHERE c.name LIKE $1 || '%'`,
      [mark, `${mark} `],
    );
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    expect([...rows].sort(byId)).toEqual(
      made.map(({ id, name }) => ({ id, name, deleted: deleted.includes(id), comments: 1 })).sort(byId),
    );
    const trail = await product.postgres.query(
      'sdelka',
      `SELECT command, count(*)::int AS lines, count(DISTINCT entity_id)::int AS records FROM audit_log
       WHERE entity_id = ANY ($1) GROUP BY command ORDER BY command`,
      [made.map(({ id }) => id)],
    );
    expect(trail).toEqual([
      { command: 'CreateClient', lines: all, records: all },
      { command: 'DeleteClient', lines: CONNECTIONS, records: CONNECTIONS },
      { command: 'UpdateClient', lines: all, records: all },
    ]);
  });
});
