import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { ConnectByTokenCommand, DisconnectCommand, GetConnectionQuery } from '#application/crm/index.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { AmoConnection } from '#domain/crm/amo-connection.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { AesSecretBox } from '../../crypto/aes-secret-box.js';
import { SystemSql } from '../shared/system-sql.js';
import { secretContext } from './external-integration.row.js';
import { PgAmoConnections } from './pg-amo-connections.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { aPair } from '#testing/crm/fake-amo.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

let database: TestDatabase;
let house: CrmHouse;
let grants: AmoGrants;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  grants = house.module.get<AmoGrants>(AMO_GRANTS);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(async () => {
  workspaceId = asId<WorkspaceId>(v7());
  await house.connect(workspaceId);
});

const here = <T>(work: () => Promise<T>) => house.as('system', work, workspaceId);
const current = () => here(() => grants.current());
const lease = (ms = 60_000) => here(() => grants.takeRefreshLease(ms));
const later = new Date('2026-11-23T09:00:00.000Z');
const changes = () =>
  database.owner.query<object[]>(
    `SELECT payload FROM outbox WHERE workspace_id = $1 AND name = 'crm.connection_changed' ORDER BY id OFFSET 1`,
    [workspaceId],
  );

describe('PgAmoGrants', () => {
  it('gives the grant that was stored', async () => {
    expect(await current()).toEqual({
      workspaceId,
      accountId: 31,
      baseUrl: 'https://demo.amocrm.ru',
      limits: { requestsPerSecond: null, accountRequestsPerSecond: null },
      clientId: 'client-1',
      amoUserId: null,
      generation: 1,
      ...aPair('code'),
    });
  });

  it('has none for a workspace that is not connected', async () => {
    const stranger = house.as('system', () => grants.current(), asId<WorkspaceId>(v7()));
    await expect(stranger).rejects.toThrow(expect.objectContaining({ code: 'crm.not_connected' }));
  });

  it('gives the lease to one of many', async () => {
    const taken = await Promise.all(Array.from({ length: 8 }, () => lease()));
    expect(taken.filter((one) => one !== null)).toHaveLength(1);
  });

  it('gives it again when it was released, or ran out, or the pair was stored', async () => {
    const first = await lease();
    await here(() => grants.releaseRefreshLease(v7()));
    expect(await lease()).toBeNull();
    await here(() => grants.releaseRefreshLease(first?.leaseId ?? ''));
    expect(await lease(1)).not.toBeNull();
    const next = await eventually(async () => (await lease()) ?? undefined);
    await here(() => grants.saveRefreshed(next, aPair('new', later)));
    const last = await lease();
    expect(last?.grant.accessToken).toBe('access-new');
  });

  it('stores a pair that came after the lease had run out, when it is newer', async () => {
    const slow = await lease(1);
    await eventually(async () => (await lease()) ?? undefined);
    await here(() => grants.markState('reconnect_needed', 'Token has been revoked', slow!.grant));
    await here(() => grants.saveRefreshed(slow!, aPair('late', later)));
    expect((await current()).accessToken).toBe('access-late');
    await here(() => grants.saveRefreshed(slow!, aPair('older', new Date('2026-11-20T09:00:00.000Z'))));
    expect((await current()).accessToken).toBe('access-late');
  });

  it('does not revive a connection that was taken off meanwhile', async () => {
    const held = await lease();
    await house.as('admin', () => house.bus.execute(new DisconnectCommand()), workspaceId);
    await here(() => grants.saveRefreshed(held!, aPair('late', later)));
    await expect(current()).rejects.toThrow(expect.objectContaining({ code: 'crm.not_connected' }));
  });

  it.each([
    ['reconnect_needed', 'crm.reconnect_needed'],
    ['blocked', 'crm.account_blocked'],
    ['subscription_ended', 'crm.subscription_ended'],
  ] as const)('refuses while %s, and tells it once', async (state, code) => {
    const refused = await current();
    await Promise.all([1, 2, 3].map(() => here(() => grants.markState(state, 'because', refused))));
    await expect(current()).rejects.toThrow(expect.objectContaining({ code }));
    await expect(lease()).rejects.toThrow(expect.objectContaining({ code }));
    expect(await changes()).toEqual([{ payload: { from: 'active', to: state, reason: 'because' } }]);
  });

  it('hears no answer to tokens that were replaced meanwhile, neither a refusal nor a success', async () => {
    const old = await current();
    await house.connect(workspaceId);
    for (const state of ['reconnect_needed', 'blocked', 'subscription_ended'] as const) {
      await here(() => grants.markState(state, 'late', old));
    }
    const fresh = await current();
    expect(fresh.generation).toBe(old.generation + 1);
    expect(await changes()).toEqual([]);
    await here(() => grants.markState('blocked', 'now', fresh));
    await here(() => grants.markWorking(old));
    await expect(current()).rejects.toThrow(expect.objectContaining({ code: 'crm.account_blocked' }));
  });

  it('probes with what it has, and is active again once a call was let in; told once', async () => {
    const grant = await current();
    await here(() => grants.markState('blocked', 'because', grant));
    const probed = await here(() => grants.current('probe'));
    expect(probed).toEqual(grant);
    await Promise.all([1, 2, 3].map(() => here(() => grants.markWorking(probed))));
    expect(await current()).toEqual(grant);
    expect(await changes()).toEqual([
      { payload: { from: 'active', to: 'blocked', reason: 'because' } },
      { payload: { from: 'blocked', to: 'active', reason: null } },
    ]);
    await house.as('admin', () => house.bus.execute(new DisconnectCommand()), workspaceId);
    await here(() => grants.markWorking(probed));
    await expect(here(() => grants.current('probe'))).rejects.toThrow(
      expect.objectContaining({ code: 'crm.not_connected' }),
    );
  });

  it('keeps the grants of several administrators sealed, lists them, and falls back from one to the next', async () => {
    const token = (sub: number) =>
      `e30.${Buffer.from(JSON.stringify({ aud: 'private', sub: String(sub) })).toString('base64url')}.s`;
    for (const user of [5, 6]) {
      house.clock.advance(1_000);
      const connect = new ConnectByTokenCommand({ account: 'demo.amocrm.ru', token: token(user) });
      await house.as('admin', () => house.bus.execute(connect), workspaceId);
    }
    const stored = await database.owner.query<object[]>('SELECT * FROM amo_reserve_grants WHERE workspace_id = $1', [
      workspaceId,
    ]);
    expect(stored).toHaveLength(2);
    expect(JSON.stringify(stored)).not.toMatch(/e30\.|access-code|refresh-code/);
    const listed = async () => {
      const { state, grants: all } = await house.as(
        'viewer',
        () => house.bus.ask(new GetConnectionQuery()),
        workspaceId,
      );
      expect(JSON.stringify(all)).not.toMatch(/e30\.|access-|refresh-/);
      return [state, ...all.map((one) => [one.userId, one.kind, one.state])];
    };
    expect(await listed()).toEqual([
      'active',
      [6, 'long_lived', 'in_use'],
      [5, 'long_lived', 'spare'],
      [null, 'oauth', 'spare'],
    ]);
    const die = () => here(async () => grants.markState('reconnect_needed', 'revoked', await grants.current('probe')));
    await die();
    expect(await current()).toMatchObject({ amoUserId: 5, accessToken: token(5), clientId: 'private' });
    await die();
    expect(await current()).toMatchObject({ amoUserId: null, ...aPair('code'), clientId: 'client-1' });
    const lastLease = await lease();
    await die();
    expect(await listed()).toEqual([
      'reconnect_needed',
      [6, 'long_lived', 'refused'],
      [5, 'long_lived', 'refused'],
      [null, 'oauth', 'refused'],
    ]);
    await here(() => grants.saveRefreshed(lastLease!, aPair('late', later)));
    expect((await current()).accessToken).toBe('access-late');
    expect(await changes()).toMatchObject([{ payload: { to: 'reconnect_needed' } }, { payload: { to: 'active' } }]);
  });

  it('opens a sealed token in no other workspace', async () => {
    const other = asId<WorkspaceId>(v7());
    await database.owner.query(
      `INSERT INTO amo_connections SELECT $2, account_id, account_name, base_url, platform, client_id, state, state_since,
         state_reason, access_token, refresh_token, access_expires_at FROM amo_connections WHERE workspace_id = $1`,
      [workspaceId, other],
    );
    await expect(house.as('system', () => grants.current(), other)).rejects.toThrow(/altered|another record/);
  });
});

describe('a change of the key', () => {
  it('reaches the secrets of external integrations with the next pair of tokens', async () => {
    const fresh = asId<WorkspaceId>(v7());
    const [old, rotated] = [`k1:${'o'.repeat(40)}`, `k2:${'f'.repeat(40)}`];
    const sealed = AesSecretBox.of(old).seal('the secret', secretContext(fresh, 'external'));
    await database.owner.query(
      `INSERT INTO external_integrations (workspace_id, client_id, client_secret, redirect_uri, state_hash)
       VALUES ($1, 'external', $2, 'https://x.ru/cb', $3)`,
      [fresh, sealed, randomBytes(32)],
    );
    const { module } = house;
    const connections = new PgAmoConnections(
      module.get(CurrentContext),
      AesSecretBox.of(`${rotated},${old}`),
      module.get<Outbox>(OUTBOX),
      module.get(SystemSql),
    );
    const grant = { accountId: 7, accountName: '', baseUrl: 'https://a.amocrm.ru', clientId: 'external', amoUserId: 1 };
    const connection = AmoConnection.establish(fresh, { ...grant, tokens: aPair('x') }, later);
    const store = () => module.get<UnitOfWork>(UNIT_OF_WORK).transact(() => connections.save(connection));
    await house.as('system', store, fresh);

    const [row] = await database.owner.query<{ client_secret: string }[]>(
      `SELECT client_secret FROM external_integrations WHERE workspace_id = $1`,
      [fresh],
    );
    const opened = AesSecretBox.of(rotated).open(row?.client_secret ?? '', secretContext(fresh, 'external'));
    expect(opened).toBe('the secret');
  });
});
