import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { AMO_GRANTS, type AmoGrants } from '../../ports/amo-grants.js';
import { GetConnectionQuery } from '../../queries/get-connection/get-connection.query.js';
import { type ConnectionLimitsChange, LimitConnectionCommand } from './limit-connection.command.js';

let database: TestDatabase;
let house: CrmHouse;
beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

const aWorkspace = async (): Promise<WorkspaceId> => {
  const workspaceId = asId<WorkspaceId>(v7());
  await house.connect(workspaceId);
  return workspaceId;
};
const limit = (workspaceId: WorkspaceId, change: ConnectionLimitsChange) =>
  house.as('admin', () => house.bus.execute(new LimitConnectionCommand(change)), workspaceId);
const inForce = async (workspaceId: WorkspaceId) =>
  (await house.as('viewer', () => house.bus.ask(new GetConnectionQuery()), workspaceId)).limits;

describe('LimitConnection', () => {
  it('changes what is given, keeps the rest, and null brings back the setting of the server', async () => {
    const workspaceId = await aWorkspace();
    expect(await inForce(workspaceId)).toEqual({ requestsPerSecond: 7, accountRequestsPerSecond: 50 });

    await limit(workspaceId, { requestsPerSecond: 15, accountRequestsPerSecond: 100 });
    await limit(workspaceId, { requestsPerSecond: 30, accountRequestsPerSecond: undefined });
    expect(await inForce(workspaceId)).toEqual({ requestsPerSecond: 30, accountRequestsPerSecond: 100 });

    await limit(workspaceId, { requestsPerSecond: null });
    expect(await inForce(workspaceId)).toEqual({ requestsPerSecond: 7, accountRequestsPerSecond: 100 });
  });

  it('is in the grant that every request is sent with, and outlives a new connection', async () => {
    const workspaceId = await aWorkspace();
    await limit(workspaceId, { requestsPerSecond: 15 });
    await house.connect(workspaceId);
    const grant = await house.as('system', () => house.module.get<AmoGrants>(AMO_GRANTS).current(), workspaceId);

    expect(grant.limits).toEqual({ requestsPerSecond: 15, accountRequestsPerSecond: null });
  });

  it('touches no other workspace, and is told in the audit trail', async () => {
    const [mine, other] = [await aWorkspace(), await aWorkspace()];
    await limit(mine, { requestsPerSecond: 15 });

    expect(await inForce(other)).toMatchObject({ requestsPerSecond: 7 });
    const trail = await database.owner.query(
      `SELECT before ->> 'requestsPerSecond' AS before, after ->> 'requestsPerSecond' AS after FROM audit_log
       WHERE workspace_id = $1 AND command LIKE 'LimitConnection%'`,
      [mine],
    );
    expect(trail).toEqual([{ before: null, after: '15' }]);
  });

  it('needs a connection, and an administrator', async () => {
    const nowhere = asId<WorkspaceId>(v7());
    await expect(limit(nowhere, { requestsPerSecond: 15 })).rejects.toMatchObject({ code: 'crm.not_connected' });
    const asManager = house.as('manager', () => house.bus.execute(new LimitConnectionCommand({})));
    await expect(asManager).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
