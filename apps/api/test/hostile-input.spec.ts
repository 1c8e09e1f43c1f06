import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiHouse, apiHouse } from './api-house.js';
import { BODIES, several } from './bad-values.js';
import { type SampleOperation, sampleOperations } from './sample-request.js';

/*
 * What strangers, and clients with a fault, send to every route there is: each member of each body, each name of each
 * query. Whatever it is, the answer is one of the route's own or a problem with a clear code, never a failure of ours.
 */

const ABSENT = '01890000-0000-7000-8000-00000000dead';
const LONG_NAME = '👩‍👩‍👧 שלום مرحبا Ёж '.repeat(500);

/** JSON as it is sent. */
const VALUES = [
  'null',
  'true',
  '-1',
  '1e999',
  '1e21',
  '9007199254740993',
  '""',
  '"\\u0000"',
  '"a\\ud800"',
  '"\\u202e\\u200b"',
  JSON.stringify(LONG_NAME),
  '"2026-02-30"',
  '"1969-12-31T23:59:60Z"',
  `"'; DROP TABLE clients; --"`,
  `"${ABSENT}"`,
  '[]',
  '[null]',
  '[[[[1]]]]',
  '["constructor","__proto__"]',
  '{}',
  '{"a":{"b":[1]}}',
  '{"constructor":1,"toString":"x","hasOwnProperty":null}',
];

interface Told {
  readonly code?: unknown;
}

let house: ApiHouse;
let operations: readonly SampleOperation[];
let bearer: Readonly<Record<string, string>>;
/** A record for each path that takes one, so that what is sent gets as far as it can. */
let records: Readonly<Record<string, string>>;

beforeAll(async () => {
  house = await apiHouse();
  // Hooks are taken in any form; what is wrong with one is found out later.
  operations = sampleOperations(house.document).filter(({ path }) => !path.startsWith('/hooks/'));
  bearer = { authorization: `Bearer ${await house.signIn()}` };
  const make = async (url: string, payload: object): Promise<string> => {
    const answer = await house.fastify.inject({ method: 'POST', url, payload, headers: bearer });
    expect([url, answer.statusCode]).toEqual([url, 201]);
    return answer.json<{ id: string }>().id;
  };
  const client = await make('/api/v1/clients', { name: 'A' });
  const dictionary = await make('/api/v1/dictionaries', { code: 'own', titles: { ru: 'Свой' } });
  records = {
    '/api/v1/clients/fields/': await make('/api/v1/clients/fields', { code: 'city', type: 'text', title: 'City' }),
    '/api/v1/clients/views/': await make('/api/v1/clients/views', { title: 'V', query: {} }),
    '/api/v1/clients/': client,
    '/api/v1/comments/': await make('/api/v1/comments', { clientId: client, text: 'x' }),
    '/api/v1/interactions/': await make('/api/v1/interactions', { clientId: client, kind: 'call' }),
    '/api/v1/dictionaries/': dictionary,
    '/api/v1/api-keys/': await make('/api/v1/api-keys', { name: 'K', scopes: ['clients:read'] }),
    '/api/v1/crm/hook-tokens/': await make('/api/v1/crm/hook-tokens', { name: 'H', kind: 'account' }),
  };
});
afterAll(() => house?.close());

const addressOf = (path: string): string => {
  const id = Object.entries(records).find(([start]) => path.startsWith(start))?.[1] ?? ABSENT;
  return path
    .replace('{id}', id)
    .replace('{role}', 'viewer')
    .replace('{token}', 'x'.repeat(43))
    .replace('{entity}/{amoId}', 'contacts/1')
    .replace(/\{\w+\}/g, ABSENT);
};

/** What is wrong with how something was answered; null when nothing is. */
const faultOf = (
  { statusCode, headers, body }: Awaited<ReturnType<ApiHouse['fastify']['inject']>>,
  asked: string,
): string | null => {
  if (statusCode < 400) return null;
  const isProblem = String(headers['content-type']).startsWith('application/problem+json');
  const { code } = isProblem ? (JSON.parse(body) as Told) : {};
  // amoCRM is away in this house.
  const isOurs = statusCode < 500 || (statusCode === 502 && String(code).startsWith('crm.'));
  return isOurs && typeof code === 'string' ? null : `${asked}: ${statusCode} ${body.slice(0, 100)}`;
};

const sendRaw = (
  { method, path }: SampleOperation,
  payload: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
) =>
  house.fastify.inject({
    method,
    url: addressOf(path),
    payload,
    headers: { ...bearer, 'content-type': 'application/json', ...headers },
  });
const taking = () => operations.filter(({ payload }) => payload !== undefined);

describe('every route that takes a body', () => {
  it('takes each member of it, whatever it is, or says what is wrong', async () => {
    const faults: (string | null)[] = [];
    let asked = 0;
    for (const operation of taking()) {
      for (const field of operation.fields) {
        const body = JSON.stringify({ ...operation.payload, [field]: '@' });
        const answers = VALUES.map(async (value) => {
          const answer = await sendRaw(operation, body.replace(`"${field}":"@"`, `"${field}":${value}`));
          return faultOf(answer, `${operation.name} ${field}=${value.slice(0, 40)}`);
        });
        faults.push(...(await Promise.all(answers)));
        asked += answers.length;
      }
    }
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
    expect(asked).toBeGreaterThan(2_000);
  });

  it.each(BODIES)('refuses what is no object of fields: %s', async (_, body, status) => {
    const told = [];
    for (const operation of taking()) {
      const answer = await sendRaw(operation, body);
      if (answer.statusCode !== status || faultOf(answer, '') !== null)
        told.push(`${operation.name}: ${answer.statusCode} ${answer.body.slice(0, 100)}`);
    }
    expect(told).toEqual([]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
  ])('refuses another type: %s', async (type) => {
    const told = [];
    for (const operation of taking()) {
      const answer = await sendRaw(operation, JSON.stringify(operation.payload), { 'content-type': type });
      if (answer.statusCode !== 415 || faultOf(answer, '') !== null)
        told.push(`${operation.name}: ${answer.statusCode} ${answer.body.slice(0, 100)}`);
    }
    expect(told).toEqual([]);
  });

  it.each(['*', 'W/"1"', '"-1"', '"1e3"', '"99999999999999999999"', '"1", "2"', '""', '\u00ff'])(
    'reads a strange If-Match, or says what is wrong with it: %s',
    async (tag) => {
      const answers = taking().map(async (operation) =>
        faultOf(await sendRaw(operation, JSON.stringify(operation.payload), { 'if-match': tag }), operation.name),
      );
      expect((await Promise.all(answers)).filter((fault) => fault !== null)).toEqual([]);
    },
  );
});

describe('every route that takes a query', () => {
  it('takes each name of it, whatever it is, or says what is wrong', async () => {
    const faults: (string | null)[] = [];
    let asked = 0;
    for (const { name, method, path, query, parameters } of operations.filter((one) => one.method === 'GET')) {
      // It answers with a page for people.
      if (path.endsWith('/callback')) continue;
      for (const parameter of parameters) {
        const rest = query && `&${query.slice(1)}`;
        const strange = [...several(parameter), `${parameter}=-1`, `${parameter}=1e999`, `${parameter}=constructor:x`];
        const answers = strange.map(async (text) => {
          const url = `${addressOf(path)}?${text}${rest}`;
          return faultOf(await house.fastify.inject({ method, url, headers: bearer }), `${name}?${text.slice(0, 60)}`);
        });
        faults.push(...(await Promise.all(answers)));
        asked += answers.length;
      }
    }
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
    expect(asked).toBeGreaterThan(300);
  });
});
