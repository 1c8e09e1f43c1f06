import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type KeptLog, keptLog } from '#testing/bus/kept-log.js';
import { storeAccount } from '#testing/crm/connected-account.js';
import { aDisposableToken } from '#testing/crm/disposable-token.js';
import { eventually } from '#testing/eventually.js';
import { SESSION_PATHS } from '../src/openapi/public-paths.js';
import { ADMIN, type ApiHouse, apiHouse, INTEGRATION } from './api-house.js';
import { type Headers, memberOf } from './members.js';

/* API keys and editable roles through the whole edge, over one app and one database. */

const KEYS = '/api/v1/api-keys';
const COPIES = '/api/v1/deals/copies';
const ME = '/api/v1/auth/me';
const ABSENT = '01890000-0000-7000-8000-000000000000';
const ALL_SCOPES = [
  'identity:read-self',
  'identity:read-audit',
  'workspace:manage',
  'crm:read',
  'crm:manage',
  'deals:read',
  'deals:copy',
  'deals:transfer',
];

interface Made {
  readonly id: string;
  readonly key: string;
  readonly prefix: string;
  readonly version: number;
}

let house: ApiHouse;
let log: KeptLog;
let admin: Readonly<Record<string, string>>;
let workspaceId: string;

beforeAll(async () => {
  log = keptLog();
  house = await apiHouse({ log: log.log });
  admin = { authorization: `Bearer ${await house.signIn()}` };
  const [row] = await house.database.owner.query<{ id: string }[]>('SELECT id FROM workspaces');
  workspaceId = row!.id;
});
afterAll(() => house.close());
beforeEach(() => {
  log.lines.length = 0;
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const call = (method: Method, url: string, headers: Headers = admin, payload?: object, remoteAddress = '203.0.113.1') =>
  house.fastify.inject({ method, url, headers, remoteAddress, ...(payload && { payload }) });
const make = async (terms: object = {}, headers: Headers = admin): Promise<Made> => {
  const answer = await call('POST', KEYS, headers, { name: 'Shop', scopes: ALL_SCOPES, ...terms });
  expect([answer.statusCode, answer.body]).toEqual([201, expect.anything()]);
  return answer.json<Made>();
};
const withKey = (key: string, url = ME, address?: string) => call('GET', url, { 'x-api-key': key }, undefined, address);
const statusOf = async (key: string, url?: string, address?: string) => (await withKey(key, url, address)).statusCode;
const reasons = () => log.lines.flatMap(({ why }) => (typeof why === 'string' ? [why] : []));
const rotate = async (id: string, overlapHours: number) =>
  (await call('POST', `${KEYS}/${id}/rotate`, admin, { overlapHours })).json<Made>();

const signedIn = (role: string): Promise<Headers> => memberOf(house, workspaceId, role);

describe('an API key', () => {
  it('is shown once, and kept as a hash', async () => {
    const answer = await call('POST', KEYS, admin, { name: 'Интернет-магазин 🛒', scopes: ['deals:read'] });
    const { key, ...view } = answer.json<Made>();
    expect([answer.statusCode, answer.headers.location]).toEqual([201, `${KEYS}/${view.id}`]);
    expect(key).toMatch(/^sdk_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}$/);
    expect(view).toEqual({
      id: expect.any(String),
      name: 'Интернет-магазин 🛒',
      prefix: key.slice(0, 26),
      scopes: ['deals:read'],
      expiresAt: null,
      allowedAddresses: [],
      requestsPerSecond: 50,
      burst: 100,
      isActive: true,
      overlapEndsAt: null,
      createdBy: expect.any(String),
      createdAt: expect.any(String),
      lastUsedAt: null,
      lastUsedAddress: null,
      version: 1,
    });
    const shown = await call('GET', `${KEYS}/${view.id}`);
    expect([shown.json(), shown.headers.etag]).toEqual([view, '"1"']);
    const kept = await house.database.owner.query<object[]>(
      `SELECT to_jsonb(k) AS row FROM api_keys k UNION ALL SELECT to_jsonb(a) FROM audit_log a`,
    );
    expect(JSON.stringify(kept)).toContain(view.id);
    expect(JSON.stringify(kept)).not.toContain(key.slice(27));
    expect(JSON.stringify(log.lines)).not.toContain(key.slice(27));
  });

  it('leaves nothing behind an Idempotency-Key', async () => {
    const answer = await call(
      'POST',
      KEYS,
      { ...admin, 'idempotency-key': 'k' },
      { name: 'x', scopes: ['deals:read'] },
    );
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { errors: [{ path: 'Idempotency-Key' }] }]);
  });

  it('opens what its scopes hold, and nothing else', async () => {
    const reads = (await make({ scopes: ['deals:read'] })).key;
    expect(await statusOf(reads, COPIES)).toBe(200);
    for (const url of [ME, '/api/v1/audit', '/api/v1/crm/hook-tokens', KEYS])
      expect(await statusOf(reads, url)).toBe(403);
    expect((await withKey((await make()).key, KEYS)).json()).toMatchObject({ code: 'shared.forbidden' });
  });

  it('is an actor of its own: in `me`, in the trail, with its own idempotency keys', async () => {
    const { id, key } = await make({ name: 'Касса' });
    expect((await withKey(key)).json()).toEqual({
      id: null,
      email: null,
      name: 'Касса',
      role: null,
      permissions: expect.arrayContaining(ALL_SCOPES),
      workspaceId,
      amoUserId: null,
      apiKeyId: id,
    });
    const token = { name: 'By a key', kind: 'account' };
    expect((await call('POST', '/api/v1/crm/hook-tokens', { 'x-api-key': key }, token)).statusCode).toBe(201);
    const trail = await call('GET', `/api/v1/audit?actorKind=key&actorId=${id}`);
    expect(trail.json()).toMatchObject({
      items: [{ command: 'CreateHookToken', actorKind: 'key', actorName: 'Касса' }],
    });
    const hook = trail.json<{ items: { entityId: string }[] }>().items[0]!.entityId;
    const rename = (headers: Headers) =>
      call('PATCH', `/api/v1/crm/hook-tokens/${hook}`, { ...headers, 'idempotency-key': 'same' }, { name: 'Renamed' });
    expect([
      (await rename({ 'x-api-key': key })).json<Made>().version,
      (await rename(admin)).json<Made>().version,
    ]).toEqual([2, 3]);
    expect((await rename({ 'x-api-key': key })).json<Made>().version).toBe(2);
  });

  it('is refused on routes about a session, and beside any other credential', async () => {
    const { key } = await make();
    for (const path of SESSION_PATHS) {
      const url = path.replace(/\{\w+\}/g, ABSENT);
      expect((await call('POST', url, { 'x-api-key': key })).statusCode).toBe(401);
    }
    for (const other of [admin, { 'x-auth-token': 'x' }, { authorization: '' }]) {
      const answer = await call('GET', ME, { ...other, 'x-api-key': key });
      expect([answer.statusCode, answer.json()]).toMatchObject([
        401,
        { code: 'shared.unauthenticated', detail: 'An API key comes without any other credential' },
      ]);
    }
  });

  it('that is mistyped is told so without asking the database; a false one learns nothing', async () => {
    const { key, prefix } = await make();
    const typo = `${key.slice(0, 40)}${key[40] === 'x' ? 'y' : 'x'}${key.slice(41)}`;
    await house.database.owner.transaction(async (manager) => {
      await manager.query('LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE');
      for (const bad of [
        typo,
        '',
        'sdk_',
        prefix,
        key.slice(0, -1),
        `${key}, ${key}`,
        `Bearer ${key}`,
        '‮'.repeat(3),
      ]) {
        const answer = await withKey(Buffer.from(bad).toString('latin1'));
        expect([answer.statusCode, answer.json()]).toMatchObject([
          401,
          { detail: 'The API key is incomplete or mistyped' },
        ]);
      }
    });
    expect(new Set(reasons())).toEqual(new Set(['api key: mistyped']));
    log.lines.length = 0;
    const gone = await make();
    await call('DELETE', `${KEYS}/${gone.id}`);
    const [none, deleted] = [await call('GET', ME, {}), await withKey(gone.key, ME, '192.0.2.200')];
    const toldOf = ({ requestId, ...rest }: Record<string, unknown>) => [typeof requestId, rest];
    expect(toldOf(deleted.json())).toEqual(toldOf(none.json()));
    expect(reasons()).toEqual(['api key: unknown']);
  });

  it('is refused from elsewhere, when it has expired, was deactivated or deleted: at once', async () => {
    const { id, key } = await make({ allowedAddresses: ['198.51.100.0/24', '2001:db8::/32'] });
    const from = (address: string) => statusOf(key, ME, address);
    expect([
      await from('198.51.100.9'),
      await from('2001:db8::1'),
      await from('198.51.101.9'),
      await from('::1'),
    ]).toEqual([200, 200, 401, 401]);
    expect((await call('PATCH', `${KEYS}/${id}`, admin, { allowedAddresses: [] })).statusCode).toBe(200);
    expect(await from('198.51.101.9')).toBe(200);

    const [soon, past] = [1_500, -1].map((ms) => new Date(Date.now() + ms).toISOString());
    expect((await call('PATCH', `${KEYS}/${id}`, admin, { expiresAt: past })).json()).toMatchObject({
      errors: [{ path: 'expiresAt', code: 'past' }],
    });
    expect((await call('PATCH', `${KEYS}/${id}`, admin, { expiresAt: soon })).json()).toMatchObject({
      expiresAt: soon,
    });
    await eventually(async () => (await from('10.0.0.1')) === 401, { withinMs: 10_000 });
    expect(reasons().at(-1)).toBe('api key: expired');
    expect((await call('PATCH', `${KEYS}/${id}`, admin, { expiresAt: null })).json()).toMatchObject({
      expiresAt: null,
    });
    expect(await from('10.0.0.1')).toBe(200);

    const turn = async (verb: string) => (await call('POST', `${KEYS}/${id}/${verb}`)).json<{ isActive: boolean }>();
    expect([(await turn('deactivate')).isActive, await from('10.0.0.1')]).toEqual([false, 401]);
    expect([(await turn('activate')).isActive, await from('10.0.0.1')]).toEqual([true, 200]);
    expect((await call('DELETE', `${KEYS}/${id}`)).statusCode).toBe(204);
    expect([await from('10.0.0.1'), (await call('GET', `${KEYS}/${id}`)).statusCode]).toEqual([401, 404]);
  });

  it('shows when and from where it was last used, by the minute', async () => {
    const { id, key } = await make();
    await withKey(key, ME, '198.51.100.77');
    await withKey(key, ME, '198.51.100.78');
    const { lastUsedAt, lastUsedAddress, version } = (await call('GET', `${KEYS}/${id}`)).json<
      Record<string, unknown>
    >();
    expect([Date.now() - Date.parse(String(lastUsedAt)) < 60_000, lastUsedAddress, version]).toEqual([
      true,
      '198.51.100.77',
      1,
    ]);
  });

  it('waits for nobody who is just changing it', async () => {
    const { id, key } = await make();
    await house.database.owner.transaction(async (manager) => {
      await manager.query('SELECT FROM api_keys WHERE id = $1 FOR UPDATE', [id]);
      expect(await statusOf(key)).toBe(200);
    });
  });

  it('comes as often as it may, and is told when it may again', async () => {
    const { key } = await make({ requestsPerSecond: 1, burst: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => withKey(key)));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(3);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers, json } of refused)
      expect([Number(headers['retry-after']) >= 1, json()]).toMatchObject([true, { code: 'shared.rate_limited' }]);
    expect(await statusOf((await make()).key)).toBe(200);
  });

  it('is guessed in vain: bad ones slow their address down, not the good ones there', async () => {
    const there = '192.0.2.66';
    const [good, fresh] = [await make(), await make()];
    expect(await statusOf(good.key, ME, there)).toBe(200);
    const gone = await make();
    await call('DELETE', `${KEYS}/${gone.id}`);
    const statuses: number[] = [];
    for (let time = 0; time < 40; time++) statuses.push(await statusOf(gone.key, ME, there));
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(await statusOf(fresh.key, ME, there)).toBe(429);
    expect(await statusOf(good.key, ME, there)).toBe(200);
    expect(await statusOf(fresh.key, ME, '192.0.2.67')).toBe(200);
    // Many at once with a key that this process has not met are no guesses.
    const newest = await make();
    const answers = await Promise.all(Array.from({ length: 60 }, () => statusOf(newest.key, ME, '192.0.2.68')));
    expect(new Set(answers)).toEqual(new Set([200]));
  });
});

describe('a rotation', () => {
  it('lets requests go on with the old key, as long as it was asked', async () => {
    const old = await make();
    const flying = Array.from({ length: 20 }, () => statusOf(old.key));
    const fresh = await rotate(old.id, 1);
    expect([...new Set(await Promise.all(flying))]).toEqual([200]);
    expect(fresh).toMatchObject({ id: old.id, prefix: old.prefix, overlapEndsAt: expect.any(String), version: 2 });
    expect([await statusOf(old.key), await statusOf(fresh.key)]).toEqual([200, 200]);
    const last = await rotate(old.id, 0);
    expect(await Promise.all([old, fresh, last].map(({ key }) => statusOf(key)))).toEqual([401, 401, 200]);
  });

  it('at the same time as another makes two keys that work, and stops none', async () => {
    const old = await make();
    const [one, two] = await Promise.all([rotate(old.id, 1), rotate(old.id, 1)]);
    expect(one.key).not.toBe(two.key);
    expect(await Promise.all([old, one, two].map(({ key }) => statusOf(key)))).toEqual([200, 200, 200]);
    expect([one.version, two.version].sort()).toEqual([2, 3]);
  });

  it('is refused while five keys work', async () => {
    const { id } = await make();
    for (let time = 0; time < 4; time++) await rotate(id, 1);
    const answer = await call('POST', `${KEYS}/${id}/rotate`, admin, {});
    expect([answer.statusCode, answer.json()]).toMatchObject([409, { code: 'identity.api_key_overlaps' }]);
    expect((await call('POST', `${KEYS}/${id}/rotate`, admin, { overlapHours: 0 })).statusCode).toBe(200);
  });
});

describe('managing keys', () => {
  it('names what is wrong with one', async () => {
    const paths = async (terms: object) => {
      const answer = await call('POST', KEYS, admin, { name: 'x', scopes: ['deals:read'], ...terms });
      expect(answer.statusCode).toBe(422);
      return answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path);
    };
    expect(await paths({ name: '' })).toEqual(['name']);
    expect(await paths({ name: 'я'.repeat(10_000) })).toEqual(['name']);
    expect(await paths({ name: 'a\0b' })).toEqual(['name']);
    for (const scopes of [
      [],
      ['deals:fly'],
      'deals:read',
      [1],
      null,
      ['identity:manage-keys'],
      ['identity:manage-roles'],
    ]) {
      expect(new Set(await paths({ scopes }))).toEqual(new Set(['scopes']));
    }
    for (const expiresAt of ['tomorrow', '2020-01-01T00:00:00Z', 7, '2030-01-01', '2030-02-30T00:00:00Z']) {
      expect(new Set(await paths({ expiresAt }))).toEqual(new Set(['expiresAt']));
    }
    expect(await paths({ allowedAddresses: ['10.0.0.0/8', '10.0.0.1/8', '::g', 'localhost'] })).toEqual([
      'allowedAddresses.1',
      'allowedAddresses.2',
      'allowedAddresses.3',
    ]);
    for (const rate of [0, -1, 1.5, 1_001, '5', null])
      expect(await paths({ requestsPerSecond: rate })).toEqual(['requestsPerSecond']);
    for (const burst of [0, 10_001]) expect(await paths({ burst })).toEqual(['burst']);
    const { id } = await make();
    for (const overlapHours of [-1, 169, 0.5, '1']) {
      expect((await call('POST', `${KEYS}/${id}/rotate`, admin, { overlapHours })).statusCode).toBe(422);
    }
    for (const name of [null, 7]) expect((await call('PATCH', `${KEYS}/${id}`, admin, { name })).statusCode).toBe(422);
  });

  it('changes what is given, at the version that was seen, and says nothing of what stays', async () => {
    const { id } = await make();
    const patch = (payload: object, version: string) =>
      call('PATCH', `${KEYS}/${id}`, { ...admin, 'if-match': version }, payload);
    expect((await patch({ name: 'New', burst: 7 }, '"1"')).json()).toMatchObject({
      name: 'New',
      burst: 7,
      scopes: ALL_SCOPES,
      version: 2,
    });
    expect((await patch({ name: 'Newer' }, '"1"')).json()).toMatchObject({
      code: 'shared.version_conflict',
      details: { currentVersion: 2 },
    });
    expect((await patch({ name: 'Newer' }, 'x')).statusCode).toBe(422);
    const trail = (await call('GET', `/api/v1/audit?entityId=${id}&command=UpdateApiKey`)).json<{ items: object[] }>();
    expect(trail.items).toMatchObject([{ before: { name: 'Shop' }, after: { name: 'New', burst: 7 } }]);
  });

  it('comes in pages, newest first', async () => {
    const { id } = await make({ name: 'Newest' });
    const first = (await call('GET', `${KEYS}?limit=1`)).json<{ items: Made[]; nextCursor: string }>();
    expect(first.items.map((item) => item.id)).toEqual([id]);
    const second = (await call('GET', `${KEYS}?limit=1&cursor=${first.nextCursor}`)).json<{ items: Made[] }>();
    expect(second.items[0]!.id < id).toBe(true);
    for (const query of ['limit=0', 'limit=201', 'cursor=x', 'colour=red']) {
      expect((await call('GET', `${KEYS}?${query}`)).statusCode).toBe(422);
    }
  });
});

const roles = async () =>
  (await call('GET', '/api/v1/roles')).json<{ items: { role: string; permissions: string[]; version: number }[] }>();
const permissionsOf = async (role: string) => (await roles()).items.find((item) => item.role === role)!.permissions;
const setRole = (role: string, permissions: readonly string[], headers: Headers = admin) =>
  call('PUT', `/api/v1/roles/${role}`, headers, { permissions });

describe('the roles of a workspace', () => {
  it('are listed with what they may, were delivered with and need', async () => {
    const { items } = await roles();
    expect(items.map(({ role }) => role)).toEqual(['admin', 'manager', 'operator', 'viewer']);
    expect(items[3]).toEqual({
      role: 'viewer',
      permissions: ['identity:read-self', 'crm:read', 'deals:read'],
      delivered: ['identity:read-self', 'crm:read', 'deals:read'],
      needed: ['identity:read-self'],
      changedAt: null,
      version: 0,
    });
  });

  it('are changed for whoever is signed in already, with the next request', async () => {
    const viewer = await signedIn('viewer');
    const status = async (url: string) => (await call('GET', url, viewer)).statusCode;
    expect([await status(COPIES), await status('/api/v1/audit')]).toEqual([200, 403]);
    const changed = await setRole('viewer', ['identity:read-self', 'identity:read-audit']);
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"1"']);
    expect([await status(COPIES), await status('/api/v1/audit')]).toEqual([403, 200]);
    expect((await call('GET', ME, viewer)).json()).toMatchObject({
      permissions: ['identity:read-self', 'identity:read-audit'],
    });
    const same = await setRole('viewer', ['identity:read-audit', 'identity:read-self', 'identity:read-self']);
    expect(same.json()).toMatchObject({ version: 1 });
    const conflict = await call(
      'PUT',
      '/api/v1/roles/viewer',
      { ...admin, 'if-match': '"0"' },
      { permissions: ['identity:read-self'] },
    );
    expect([conflict.statusCode, conflict.json()]).toMatchObject([409, { details: { currentVersion: 1 } }]);
    expect(
      (
        await call(
          'PUT',
          '/api/v1/roles/viewer',
          { ...admin, 'if-match': '"1"' },
          { permissions: ['identity:read-self', 'crm:read', 'deals:read'] },
        )
      ).statusCode,
    ).toBe(200);
    const trail = await call('GET', '/api/v1/audit?entityType=identity.role');
    expect(trail.json()).toMatchObject({ items: [{ command: 'ChangeRole', entityId: 'viewer' }, {}] });
    expect(trail.json<{ items: object[] }>().items).toHaveLength(2);
  });

  it('are changed one after the other, the first time too', async () => {
    const sets = [['identity:read-self'], ['identity:read-self', 'deals:read'], ['identity:read-self', 'crm:read']];
    const answers = await Promise.all(
      sets.map((permissions) =>
        call('PUT', '/api/v1/roles/operator', { ...admin, 'if-match': '"0"' }, { permissions }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    await setRole('operator', ['identity:read-self', 'crm:read', 'deals:read', 'deals:copy', 'deals:transfer']);
  });

  it('keep what they cannot do without, and take nothing that is none', async () => {
    for (const [role, permissions] of [
      ['viewer', []],
      ['admin', ['identity:read-self']],
      ['admin', ['identity:read-self', 'identity:manage-roles']],
      ['viewer', ['identity:read-self', 'deals:fly']],
      ['viewer', 'deals:read'],
    ] as const) {
      const answer = await call('PUT', `/api/v1/roles/${role}`, admin, { permissions });
      expect([answer.statusCode, answer.json<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([
        422,
        'permissions',
      ]);
    }
    for (const role of ['root', 'constructor', '__proto__', '%00'])
      expect((await setRole(role, ['identity:read-self'])).statusCode).toBe(404);
  });

  it('let an administrator take from his own and give back; others give no more than they have', async () => {
    const whole = await permissionsOf('admin');
    const without = whole.filter((permission) => permission !== 'deals:copy');
    expect((await setRole('admin', without)).statusCode).toBe(200);
    expect((await make({ scopes: ['deals:read'] })).id).toEqual(expect.any(String));
    const beyond = await call('POST', KEYS, admin, { name: 'x', scopes: ['deals:read', 'deals:copy'] });
    expect([beyond.statusCode, beyond.json()]).toMatchObject([
      403,
      { code: 'identity.beyond_own_rights', details: { missing: ['deals:copy'] } },
    ]);
    expect((await setRole('admin', whole)).statusCode).toBe(200);

    const usual = await permissionsOf('manager');
    await setRole('manager', [...usual, 'identity:manage-roles', 'identity:manage-keys']);
    const manager = await signedIn('manager');
    const refused = async (answer: ReturnType<typeof call>) =>
      expect((await answer).json()).toMatchObject({ code: 'identity.beyond_own_rights' });
    await refused(setRole('manager', [...usual, 'identity:manage-roles', 'crm:manage'], manager));
    await refused(setRole('admin', ['identity:read-self', 'identity:manage-roles', 'workspace:manage'], manager));
    expect((await setRole('viewer', ['identity:read-self', 'deals:read'], manager)).statusCode).toBe(200);

    const mighty = await make({ scopes: ['crm:manage'] });
    const own = await make({ scopes: ['deals:read'] }, manager);
    await refused(call('POST', KEYS, manager, { name: 'x', scopes: ['crm:manage'] }));
    await refused(call('PATCH', `${KEYS}/${own.id}`, manager, { scopes: ['crm:manage'] }));
    await refused(call('PATCH', `${KEYS}/${mighty.id}`, manager, { scopes: ['deals:read'] }));
    await refused(call('PATCH', `${KEYS}/${mighty.id}`, manager, { allowedAddresses: [] }));
    await refused(call('POST', `${KEYS}/${mighty.id}/rotate`, manager, {}));
    expect((await call('POST', `${KEYS}/${mighty.id}/deactivate`, manager)).statusCode).toBe(200);
    await refused(call('POST', `${KEYS}/${mighty.id}/activate`, manager));
    expect((await call('DELETE', `${KEYS}/${mighty.id}`, manager)).statusCode).toBe(204);
    await setRole('manager', usual);
    await setRole('viewer', ['identity:read-self', 'crm:read', 'deals:read']);
  });

  it('never make an administrator of somebody at a page of amoCRM', async () => {
    const anna = { id: 5, name: 'Анна', email: ADMIN.email, isActive: true, isAdmin: true };
    const CLIENT = { clientId: INTEGRATION.AMOCRM_CLIENT_ID, baseUrl: 'https://demo.amocrm.ru' };
    await storeAccount(house.database.owner, { workspaceId, ...CLIENT, users: [anna] });
    const token = (userId: number) =>
      aDisposableToken(
        new Date(),
        { client_uuid: CLIENT.clientId, aud: 'http://127.0.0.1:3000', user_id: userId, is_admin: true },
        { key: INTEGRATION.AMOCRM_CLIENT_SECRET },
      );
    const may = async (userId: number) =>
      (await call('GET', ME, { 'x-auth-token': token(userId) })).json<{ role: string; permissions: string[] }>();
    const usual = await permissionsOf('manager');
    const whole = await permissionsOf('admin');
    await setRole('manager', whole);
    // The member with that e-mail, and somebody whom only amoCRM knows.
    for (const userId of [5, 6]) expect(await may(userId)).toMatchObject({ role: 'manager', permissions: usual });
    await setRole(
      'admin',
      whole.filter((permission) => permission !== 'deals:transfer'),
    );
    expect((await may(5)).permissions).toEqual(usual.filter((permission) => permission !== 'deals:transfer'));
    expect((await may(6)).permissions).toEqual(usual);
    await setRole('admin', whole);
    await setRole('manager', usual);
  });
});

describe('the audit trail', () => {
  const audit = async (query: string) =>
    (await call('GET', `/api/v1/audit?${query}`)).json<{ items: { entityId: string }[]; nextCursor: string | null }>();
  const LINES = 1_234;

  beforeAll(async () => {
    await house.database.owner.query(
      `INSERT INTO audit_log (workspace_id, at, id, command, actor_kind, actor_id, actor_name, entity_type, entity_id, after, correlation_id)
       SELECT $1, timestamptz '2020-01-01Z' + n * interval '1 second', gen_random_uuid(), 'Invent', 'hook', 'h' || n % 3,
              '=cmd|''/c calc''!A1', 'tests.line', 'e' || n, jsonb_build_object('text', E'a,"б"\\n;' || n), 'c'
       FROM generate_series(1, $2::int) AS n`,
      [workspaceId, LINES],
    );
  });

  it('is filtered by who, what kind, action, record and time, all at once', async () => {
    const all = 'actorKind=hook&actorId=h1&command=Invent&entityType=tests.line';
    const period = 'from=2020-01-01T00:00:05Z&to=2020-01-01T03:00:10%2B03:00';
    expect((await audit(`${all}&${period}`)).items.map(({ entityId }) => entityId)).toEqual(['e7']);
    expect((await audit(`${all}&entityId=e4`)).items).toHaveLength(1);
    expect((await audit(`${all}&entityId=e5`)).items).toEqual([]);
    expect((await audit('actorKind=system&command=Invent')).items).toEqual([]);
    for (const query of ['actorKind=god', 'actorKind=', 'from=2020', 'colour=red', 'format=csv']) {
      expect((await call('GET', `/api/v1/audit?${query}`)).statusCode).toBe(422);
    }
    for (const query of ['format=xml', 'limit=5', 'actorKind=god', 'to=x']) {
      expect((await call('GET', `/api/v1/audit/export?${query}`)).statusCode).toBe(422);
    }
  });

  it('is found by an index, whatever it is filtered by', async () => {
    const plan = async (filter: string) => {
      const lines = await house.database.owner.transaction(async (manager) => {
        // A handful of lines is read faster without one.
        await manager.query('SET LOCAL enable_seqscan = off');
        return manager.query<object[]>(
          `EXPLAIN SELECT id FROM audit_log_default WHERE workspace_id = $1 AND ${filter} ORDER BY at DESC, id DESC LIMIT 50`.replace(
            '$1',
            `'${workspaceId}'`,
          ),
        );
      });
      return JSON.stringify(lines);
    };
    for (const filter of [`command = 'x'`, `actor_kind = 'x'`, `actor_id = 'x'`, `entity_id = 'x'`]) {
      expect(await plan(filter)).toMatch(new RegExp(`Index Cond: .*${filter.split(' ')[0]}`));
    }
  });

  it('leaves as CSV that a spreadsheet reads as text, page after page', async () => {
    const answer = await call('GET', '/api/v1/audit/export?command=Invent');
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="audit.csv"',
    ]);
    const records = answer.body.split('\r\n');
    expect(records[0]).toBe(
      '\uFEFFid,at,command,actorKind,actorId,actorName,entityType,entityId,before,after,correlationId',
    );
    expect(records).toHaveLength(LINES + 2);
    expect(records[1]).toMatch(
      new RegExp(
        `^[\\da-f-]{36},2020-01-01T00:20:34.000Z,Invent,hook,h1,"'=cmd\\|'/c calc'!A1",tests.line,e${LINES},,"`,
      ),
    );
    expect(new Set(records.slice(1, -1).map((record) => record.slice(0, 36))).size).toBe(LINES);
  });

  it('leaves as NDJSON, with the same lines as the list; who took it is a line, too', async () => {
    const answer = await call('GET', '/api/v1/audit/export?format=ndjson&command=Invent&actorId=h2');
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const lines = answer.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(Math.floor(LINES / 3));
    expect(lines.slice(0, 50)).toEqual((await audit('command=Invent&actorId=h2')).items);
    expect((await call('GET', '/api/v1/audit/export?command=Nothing&format=ndjson')).body).toBe('');
    expect(await audit('command=NoteAuditExport&limit=2')).toMatchObject({
      items: [{}, { after: { format: 'ndjson', filter: { command: 'Invent', actorId: 'h2' } } }],
    });
  });

  it('leaves for nobody who may not read it', async () => {
    expect((await call('GET', '/api/v1/audit/export', await signedIn('operator'))).statusCode).toBe(403);
  });
});
