import { describe, expect, it } from '@jest/globals';
import { SESSION_PATHS } from '../src/openapi/public-paths.js';
import { type AccessHouse, ALL_SCOPES, COPIES, KEYS, type Made, ME } from './access-house.js';
import type { Headers } from './members.js';

const ABSENT = '01890000-0000-7000-8000-000000000000';

/** API keys through the whole edge. */
export const keyCases = ({
  log,
  admin,
  owner,
  workspaceId,
  call,
  make,
  withKey,
  statusOf,
  reasons,
}: AccessHouse): void => {
  describe('an API key', () => {
    it('is shown once, and kept as a hash', async () => {
      const answer = await call('POST', KEYS, admin(), { name: 'Интернет-магазин 🛒', scopes: ['deals:read'] });
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
      const kept = await owner().query<object[]>(
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
        { ...admin(), 'idempotency-key': 'k' },
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
        workspaceId: workspaceId(),
        amoUserId: null,
        workspaces: [],
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
        call(
          'PATCH',
          `/api/v1/crm/hook-tokens/${hook}`,
          { ...headers, 'idempotency-key': 'same' },
          { name: 'Renamed' },
        );
      expect([
        (await rename({ 'x-api-key': key })).json<Made>().version,
        (await rename(admin())).json<Made>().version,
      ]).toEqual([2, 3]);
      expect((await rename({ 'x-api-key': key })).json<Made>().version).toBe(2);
    });

    it('is refused on routes about a session, and beside any other credential', async () => {
      const { key } = await make();
      // The routes of this house; the others are tried in isolation.spec.ts.
      for (const path of [...SESSION_PATHS].filter((one) => !one.startsWith('/api/v1/notifications'))) {
        const url = path.replace(/\{\w+\}/g, ABSENT);
        const methods = ['GET', 'POST', 'DELETE'] as const;
        const answers = await Promise.all(methods.map((method) => call(method, url, { 'x-api-key': key })));
        // 404: the path has no route of that method.
        const statuses = new Set(answers.map(({ statusCode }) => statusCode));
        expect([url, statuses.delete(401), [...statuses].filter((status) => status !== 404)]).toEqual([url, true, []]);
      }
      for (const other of [admin(), { 'x-auth-token': 'x' }, { authorization: '' }]) {
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
      await owner().transaction(async (manager) => {
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
      expect((await call('PATCH', `${KEYS}/${id}`, admin(), { allowedAddresses: [] })).statusCode).toBe(200);
      expect(await from('198.51.101.9')).toBe(200);

      const [later, past] = ['2099-01-01T00:00:00.000Z', new Date(Date.now() - 1).toISOString()];
      expect((await call('PATCH', `${KEYS}/${id}`, admin(), { expiresAt: past })).json()).toMatchObject({
        errors: [{ path: 'expiresAt', code: 'past' }],
      });
      const dated = await call('PATCH', `${KEYS}/${id}`, admin(), { expiresAt: later });
      expect([dated.json(), await from('10.0.0.1')]).toMatchObject([{ expiresAt: later }, 200]);
      await owner().query('UPDATE api_keys SET expires_at = $1 WHERE id = $2', [past, id]);
      expect(await from('10.0.0.1')).toBe(401);
      expect(reasons().at(-1)).toBe('api key: expired');
      expect((await call('PATCH', `${KEYS}/${id}`, admin(), { expiresAt: null })).json()).toMatchObject({
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
      await owner().transaction(async (manager) => {
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
};
