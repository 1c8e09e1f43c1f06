import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { CrmConnected } from '#domain/crm/events/crm-connected.event.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { PublishEventCommand } from '#application/shared/events/publish-event/publish-event.command.js';
import { aDirectory } from '#testing/crm/fake-amo.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { DIRECTORIES, type Directories } from '../../ports/directories.js';
import { GetDirectoryQuery } from '../../queries/get-directory/get-directory.query.js';
import { RefreshDirectoryCommand } from './refresh-directory.command.js';

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

const refresh = () => house.as('admin', () => house.bus.execute(new RefreshDirectoryCommand()));
const directory = (workspaceId?: WorkspaceId) =>
  house.as('viewer', () => house.bus.ask(new GetDirectoryQuery()), workspaceId);
const stale = () => house.module.get<Directories>(DIRECTORIES).findStale(3_600_000, 100);

describe('the account directory', () => {
  it('is not there before the workspace is connected, and a moment after', async () => {
    await expect(directory()).rejects.toThrow(expect.objectContaining({ code: 'crm.not_connected' }));
    await house.connect();
    await expect(directory()).rejects.toThrow(
      expect.objectContaining({ code: 'crm.directory_not_read', retryAfterMs: 3_000 }),
    );
    expect(await stale()).toEqual([house.workspaceId]);
  });

  it('is read when the connection is made', async () => {
    const event = new CrmConnected(31, 'https://demo.amocrm.ru');
    await house.as('system', () => house.bus.execute(new PublishEventCommand(event)));
    expect(await directory()).toEqual({
      directory: aDirectory(),
      markerFieldId: 900,
      fetchedAt: aDirectory().fetchedAt,
    });
  });

  it('is read once for all who ask at the same time', async () => {
    const before = house.amo.calls.readDirectory;
    const asked = [refresh(), refresh(), refresh()];
    expect(new Set((await Promise.all(asked)).map(({ fetchedAt }) => fetchedAt)).size).toBe(1);
    expect(house.amo.calls.readDirectory).toBe(before + 1);
    await refresh();
    expect(house.amo.calls.readDirectory).toBe(before + 2);
  });

  it('is replaced by a newer reading, and not by an older one', async () => {
    house.amo.directory = aDirectory({ users: [], fetchedAt: new Date('2026-11-21T10:00:00.000Z') });
    await refresh();
    expect((await directory()).directory.users).toEqual([]);
    house.amo.directory = aDirectory({ fetchedAt: new Date('2026-11-21T09:30:00.000Z') });
    await refresh();
    expect((await directory()).directory.users).toEqual([]);
  });

  it('is read again when it is old, and belongs to its workspace', async () => {
    await database.owner.query(`UPDATE amo_directories SET fetched_at = now() - interval '59 minutes'`);
    expect(await stale()).toEqual([]);
    await database.owner.query(`UPDATE amo_directories SET fetched_at = now() - interval '61 minutes'`);
    expect(await stale()).toEqual([house.workspaceId]);
    await expect(directory(asId<WorkspaceId>(v7()))).rejects.toThrow(
      expect.objectContaining({ code: 'crm.not_connected' }),
    );
  });
});
