import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './arch/repository.js';

type Json = Record<string, unknown>;

const problem = { description: 'Refused', content: { 'application/problem+json': { schema: { type: 'object' } } } };

const getClient = (): Json => ({
  operationId: 'getClient',
  summary: 'One client',
  tags: ['clients'],
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
  responses: {
    200: { description: 'Found', content: { 'application/json': { schema: { $ref: '#/components/schemas/Client' } } } },
    401: { $ref: '#/components/responses/Unauthenticated' },
  },
});

const login = (): Json => ({
  operationId: 'login',
  summary: 'Sign in',
  tags: ['auth'],
  security: [],
  requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
  responses: { 204: { description: 'Done' } },
});

/** A sound document, with parts replaced: `get` of GET /clients/{id}, `post` of POST /login, or the top. */
const aDocument = ({ get = {}, post = {}, top = {} }: { get?: Json; post?: Json; top?: Json } = {}): Json => ({
  openapi: '3.1.0',
  info: { title: 'Sdelka', version: '1' },
  security: [{ bearer: [] }],
  paths: { '/clients/{id}': { get: { ...getClient(), ...get } }, '/login': { post: { ...login(), ...post } } },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: { Client: { type: 'object', properties: { id: { type: 'string' } } } },
    responses: { Unauthenticated: problem },
  },
  ...top,
});

const answer = (schema: unknown): Json => ({
  responses: { 200: { description: 'Found', content: { 'application/json': { schema } } }, 401: problem },
});

const BROKEN: readonly [string, Json, string][] = [
  ['no operationId', aDocument({ get: { operationId: undefined } }), 'GET /clients/{id} has no operationId'],
  ['one operationId twice', aDocument({ post: { operationId: 'getClient' } }), "operationId 'getClient' is used by"],
  ['no summary', aDocument({ get: { summary: ' ' } }), 'GET /clients/{id} has no summary'],
  ['no tags', aDocument({ get: { tags: [] } }), 'GET /clients/{id} has no tags'],
  ['no 2xx', aDocument({ get: { responses: { 401: problem } } }), 'GET /clients/{id} has no 2xx response'],
  ['no 401', aDocument({ get: { responses: { 204: { description: 'ok' } } } }), 'GET /clients/{id} has no 401'],
  ['no 401 where security is required', aDocument({ post: { security: [{ bearer: [] }] } }), 'POST /login has no 401'],
  [
    'a response without a schema',
    aDocument({ get: answer(undefined) }),
    'response 200 has no schema for application/json',
  ],
  [
    'a response with an empty schema',
    aDocument({ get: answer({}) }),
    'response 200 has no schema for application/json',
  ],
  [
    'a body without a schema',
    aDocument({ post: { requestBody: { content: { 'application/json': {} } } } }),
    'request body has no',
  ],
  [
    'a $ref to nothing',
    aDocument({ get: answer({ $ref: '#/components/schemas/Gone' }) }),
    "$ref '#/components/schemas/Gone' leads",
  ],
  ['an undeclared path parameter', aDocument({ get: { parameters: [] } }), "does not declare the path parameter 'id'"],
  [
    'a declared parameter that is not in the path',
    aDocument({ post: { parameters: [{ name: 'x', in: 'path', required: true, schema: { type: 'string' } }] } }),
    "POST /login declares 'x'",
  ],
  ['what the schema of OpenAPI refuses', aDocument({ top: { info: { title: 'Sdelka' } } }), 'schema: /info'],
  ['another version', aDocument({ top: { openapi: '3.0.3' } }), 'is no OpenAPI 3.1 document'],
  ['no operations', aDocument({ top: { paths: {} } }), 'has no operations'],
];

describe('openapi-lint', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'openapi-lint-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const lint = (text: string) => {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, text);
    return spawnSync(process.execPath, ['tools/openapi-lint.mjs', file], { cwd: ROOT, encoding: 'utf8' });
  };

  it('passes a sound document', () => {
    const { stderr, status } = lint(JSON.stringify(aDocument()));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each(BROKEN)('refuses %s', (_, document, fault) => {
    const { stderr, status } = lint(JSON.stringify(document));
    expect(status).toBe(1);
    expect(stderr).toContain(fault);
  });

  it('refuses what is no JSON, and a call without a file', () => {
    expect(lint('openapi: 3.1.0')).toMatchObject({ status: 1, stderr: expect.stringContaining('JSON') });
    const { status, stderr } = spawnSync(process.execPath, ['tools/openapi-lint.mjs'], { cwd: ROOT, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('usage') });
  });
});
