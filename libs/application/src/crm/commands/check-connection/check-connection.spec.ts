import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { AMO_CONNECTIONS, type AmoConnections } from '#application/crm/ports/amo-connections.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { GetConnectionQuery } from '../../queries/get-connection/get-connection.query.js';
import { DisconnectCommand } from '../disconnect/disconnect.command.js';
import { CheckConnectionCommand } from './check-connection.command.js';

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
  house.amo.probes.length = 0;
  house.amo.whenProbed = async () => grants.markWorking(await grants.current('probe'));
  await house.connect(workspaceId);
});

const here = <T>(work: () => Promise<T>) => house.as('system', work, workspaceId);
const trouble = (state: 'blocked' | 'subscription_ended' | 'reconnect_needed') =>
  here(async () => grants.markState(state, 'because', await grants.current('probe')));
const check = (who: 'admin' | 'system' | 'manager' = 'admin') =>
  house.as(who, () => house.bus.execute(new CheckConnectionCommand()), workspaceId);
const shown = () => house.as('viewer', () => house.bus.ask(new GetConnectionQuery()), workspaceId);
const coded = (code: string) => expect.objectContaining({ code });

describe('checking the connection', () => {
  it.each([
    ['blocked', 'read', 'ask_support'],
    ['subscription_ended', 'write', 'pay_subscription'],
    ['reconnect_needed', 'read', 'reconnect'],
  ] as const)('ends %s when amoCRM lets us in again, asked by a %s', async (state, kind, step) => {
    await trouble(state);
    const before = await shown();
    expect(before).toMatchObject({ state, reason: 'because', nextStep: { code: step } });
    expect(before.since).not.toBeNull();
    await check('system');
    expect(house.amo.probes).toEqual([kind]);
    expect(await shown()).toMatchObject({ state: 'active', reason: null, nextStep: null });
    const told = await database.owner.query<{ payload: object }[]>(
      `SELECT payload FROM outbox WHERE workspace_id = $1 AND name = 'crm.connection_changed' ORDER BY id OFFSET 1`,
      [workspaceId],
    );
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { from: 'active', to: state },
      { from: state, to: 'active' },
    ]);
  });

  it('is no error when amoCRM still refuses; one that taught nothing is', async () => {
    await trouble('blocked');
    house.amo.whenProbed = () => Promise.reject(new AppError(crmErrors['crm.account_blocked']));
    await check();
    expect((await shown()).state).toBe('blocked');
    house.amo.whenProbed = () => Promise.reject(new AppError(crmErrors['crm.unreachable']));
    await expect(check()).rejects.toThrow(coded('crm.unreachable'));
  });

  it('asks once for many who ask at the same time', async () => {
    await Promise.all([check(), check(), check('system')]);
    expect(house.amo.probes).toEqual(['read']);
  });

  it('is for administrators, and needs something to ask with', async () => {
    await expect(check('manager')).rejects.toThrow(coded('shared.forbidden'));
    await house.as('admin', () => house.bus.execute(new DisconnectCommand()), workspaceId);
    await expect(check()).rejects.toThrow(coded('crm.not_connected'));
    expect(house.amo.probes).toEqual([]);
  });

  it('is due for troubles that may end without us: not for a lost grant, not at once', async () => {
    const connections = house.module.get<AmoConnections>(AMO_CONNECTIONS);
    const due = async (sinceMs: number) => (await connections.findRecoverable(sinceMs, 100)).includes(workspaceId);
    await trouble('blocked');
    expect([await due(-86_400_000 * 365 * 10), await due(86_400_000 * 365 * 10)]).toEqual([true, false]);
    await check();
    await trouble('reconnect_needed');
    expect(await due(-86_400_000 * 365 * 10)).toBe(false);
  });
});
