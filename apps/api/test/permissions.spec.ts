import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { KEY_SCOPES } from '#domain/identity/api-key.js';
import { isAdministration, type Permission, permissionsOf, type Role, ROLES } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import { rulesOf } from '#application/shared/bus/permission.decorator.js';
import { storeAccount } from '#testing/crm/connected-account.js';
import { PUBLIC_PATHS, SESSION_PATHS } from '../src/openapi/public-paths.js';
import { type ApiHouse, apiHouse, INTEGRATION } from './api-house.js';
import { type Headers, memberOf, visitorOf } from './members.js';
import { type SampleOperation, sampleOperations } from './sample-request.js';

/*
 * One table, route → permission, made from the messages that the routes send, and every kind of caller at every route. The
 * handlers are replaced, so that what gets through changes nothing: it is answered by REACHED.
 */

const FILE = join(process.cwd(), 'docs/permissions.md');
const REACHED = { code: 'tests.reached', kind: 'conflict', title: 'The handler was reached' } as const;
const ORIGIN = 'https://demo.amocrm.ru';

// Bodies that a schema cannot describe.
const BODIES: Readonly<Record<string, object>> = {
  'DELETE /api/v1/auth/totp': { password: 'x', code: '081804' },
  'POST /api/v1/auth/totp/recovery-codes': { password: 'x', code: '081804' },
};

let house: ApiHouse;
let operations: readonly SampleOperation[];
/** What each guarded operation asks for. */
const asks = new Map<string, Permission>();
const sent: unknown[] = [];
const members = new Map<Role, Headers>();
const only = new Map<Permission, Headers>();
const allBut = new Map<Permission, Headers>();
/** A key with every scope that there is. */
let every: Headers;

const call = async ({ name, method, path, query, payload }: SampleOperation, headers: Headers) => {
  const url = path
    .replace('{role}', 'viewer')
    .replace('{token}', 'x'.repeat(43))
    .replace('{entity}/{amoId}', 'contacts/1')
    .replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');
  const body = BODIES[name] ?? payload;
  const answer = await house.fastify.inject({ method, url: url + query, headers, ...(body && { payload: body }) });
  return answer.statusCode === 409 && answer.json<{ code?: string }>().code === REACHED.code
    ? 'reached'
    : String(answer.statusCode);
};

const keyFor = async (scopes: readonly Permission[], admin: Headers): Promise<Headers> => {
  const payload = { name: scopes.join(' ').slice(0, 120), scopes, requestsPerSecond: 1_000, burst: 10_000 };
  const answer = await house.fastify.inject({ method: 'POST', url: '/api/v1/api-keys', headers: admin, payload });
  return { 'x-api-key': answer.json<{ key: string }>().key };
};

beforeAll(async () => {
  house = await apiHouse();
  operations = sampleOperations(house.document).filter(({ path }) => !PUBLIC_PATHS.has(path));
  const { owner } = house.database;
  const [workspace] = await owner.query<{ id: string }[]>('SELECT id FROM workspaces');
  await storeAccount(owner, { workspaceId: workspace!.id, clientId: INTEGRATION.AMOCRM_CLIENT_ID, baseUrl: ORIGIN });
  for (const role of ROLES) members.set(role, await memberOf(house, workspace!.id, role));
  const admin = members.get('admin')!;
  every = await keyFor(KEY_SCOPES, admin);
  for (const scope of KEY_SCOPES) {
    only.set(scope, await keyFor([scope], admin));
    allBut.set(
      scope,
      await keyFor(
        KEY_SCOPES.filter((other) => other !== scope),
        admin,
      ),
    );
  }
  for (const bus of [CommandBus, QueryBus]) {
    jest.spyOn(house.app.get(bus, { strict: false }), 'execute').mockImplementation((message: object) => {
      sent.push(message.constructor);
      throw new AppError(REACHED);
    });
  }
});
afterAll(() => house.close());

/** Operations whose callers got something else than they should, `POST /a: viewer 200, not 403`. */
const wrongOf = async (
  callers: readonly (readonly [
    who: string,
    headers: (name: string) => Headers,
    expected: (name: string, path: string) => string,
  ])[],
): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const operation of operations) {
    for (const [who, headers, expected] of callers) {
      const [got, wanted] = [await call(operation, headers(operation.name)), expected(operation.name, operation.path)];
      if (got !== wanted) wrong.push(`${operation.name}: ${who} ${got}, not ${wanted}`);
    }
  }
  return wrong;
};

const byRight = (may: (permission: Permission) => boolean) => (name: string) =>
  may(asks.get(name)!) ? 'reached' : '403';
const noSession = (expected: (name: string) => string) => (name: string, path: string) =>
  SESSION_PATHS.has(path) ? '401' : expected(name);

describe('every route', () => {
  it('asks for one permission: that of the message it sends', async () => {
    const faults: string[] = [];
    for (const operation of operations) {
      sent.length = 0;
      const got = await call(operation, members.get('admin')!);
      const requires = rulesOf(sent[0])?.requires;
      if (got !== 'reached') faults.push(`${operation.name}: ${got}; does it send a message, and is its sample sound?`);
      else if (!requires || requires === 'system' || requires === 'public')
        faults.push(`${operation.name}: ${requires}`);
      else asks.set(operation.name, requires);
    }
    expect(faults).toEqual([]);
    expect(asks.size).toBeGreaterThan(40);
  });

  it('is in the committed table', () => {
    const text = tableOf(asks);
    if (process.env.UPDATE_OPENAPI === '1') writeFileSync(FILE, text);
    // After a change of the API: npm run openapi, and commit docs/permissions.md.
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  it.each(ROLES)('lets a %s in by what the role may', async (role) => {
    const may = byRight((permission) => permissionsOf(role).has(permission));
    expect(await wrongOf([[role, () => members.get(role)!, may]])).toEqual([]);
  });

  it('lets an API key in with exactly its scope, and refuses one with all the others', async () => {
    const keyOf = (keys: ReadonlyMap<Permission, Headers>, name: string) => keys.get(asks.get(name)!) ?? every;
    const opens = (name: string) => (KEY_SCOPES.includes(asks.get(name)!) ? 'reached' : '403');
    const callers = [
      ['key with its scope', (name: string) => keyOf(only, name), noSession(opens)],
      ['key without its scope', (name: string) => keyOf(allBut, name), noSession(() => '403')],
    ] as const;
    expect(await wrongOf(callers)).toEqual([]);
  });

  it.each([
    ['operator', false],
    ['manager', true],
  ] as const)('lets somebody at a page of amoCRM in as a %s without administration', async (role, isAdmin) => {
    const may = byRight((permission) => permissionsOf(role).has(permission) && !isAdministration(permission));
    expect(await wrongOf([[`visitor ${role}`, () => visitorOf(31, ORIGIN, isAdmin), noSession(may)]])).toEqual([]);
  });

  it('lets nobody else in', async () => {
    expect(await wrongOf([['nobody', () => ({}), () => '401']])).toEqual([]);
  });
});

/** The table as a page for people who choose scopes. */
const tableOf = (table: ReadonlyMap<string, Permission>): string => {
  const roles = (permission: Permission) => ROLES.filter((role) => permissionsOf(role).has(permission)).join(', ');
  const rows = [...table]
    .sort(([one], [other]) => (pathFirst(one) < pathFirst(other) ? -1 : 1))
    .map(([name, permission]) => {
      const [method, path = ''] = name.split(' ');
      const key = SESSION_PATHS.has(path) ? 'no: needs a session' : KEY_SCOPES.includes(permission) ? 'yes' : 'no';
      return `| \`${method} ${path}\` | \`${permission}\` | ${roles(permission)} | ${key} |`;
    });
  return [
    '# Which permission a route asks for',
    '',
    'Made from the code by `npm run openapi`; a test calls every route as everybody and compares. The roles are as delivered: a',
    'workspace may [change them](guide/access.md#roles).',
    '',
    '| route | permission | roles | API key with that scope |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
};

const pathFirst = (name: string): string => name.split(' ').reverse().join(' ');
