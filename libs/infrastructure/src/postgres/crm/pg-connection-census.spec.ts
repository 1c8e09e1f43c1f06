import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { SystemSql } from '../shared/system-sql.js';
import { PgConnectionCensus } from './pg-connection-census.js';

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

it('counts the connections of all workspaces by state, those that nobody is in too', async () => {
  const census = new PgConnectionCensus(house.module.get(SystemSql));
  const states = async () => Object.fromEntries(await census.count());
  const none = { active: 0, reconnect_needed: 0, blocked: 0, subscription_ended: 0, disconnected: 0 };
  expect(await states()).toEqual(none);

  const [first, second] = [asId<WorkspaceId>(v7()), asId<WorkspaceId>(v7())];
  await house.connect(first);
  await house.connect(second);
  await database.owner.query(`UPDATE amo_connections SET state = 'blocked' WHERE workspace_id = $1`, [second]);
  expect(await states()).toEqual({ ...none, active: 1, blocked: 1 });
});
