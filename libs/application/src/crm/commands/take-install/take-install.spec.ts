import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { DisconnectCommand } from '../disconnect/disconnect.command.js';
import { type ConnectionPlan, StartConnectionCommand } from '../start-connection/start-connection.command.js';
import { type InstallNotice, TakeInstallCommand } from './take-install.command.js';

let database: TestDatabase;
let house: CrmHouse;
let ours: WorkspaceId;
let theirs: WorkspaceId;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(async () => {
  // The rule looks at the whole server: each test has one of its own.
  await database.owner.query('DELETE FROM amo_connections');
  await database.owner.query('DELETE FROM oauth_states');
  [ours, theirs] = [asId<WorkspaceId>(v7()), asId<WorkspaceId>(v7())];
  house.amo.account = { accountId: 31, name: 'Ромашка', subdomain: 'demo' };
  house.amo.refusal = null;
  house.amo.exchanged.length = 0;
});

const good: InstallNotice = { code: 'installed', referer: 'demo.amocrm.ru', clientId: 'client-1' };
const install = (changes: Partial<InstallNotice> = {}) =>
  house.as(null, () => house.bus.execute(new TakeInstallCommand({ ...good, ...changes })));
const start = (workspaceId: WorkspaceId, plan?: ConnectionPlan) =>
  house.as('admin', () => house.bus.execute(new StartConnectionCommand(plan)), workspaceId);
const current = (workspaceId: WorkspaceId) =>
  house.as('system', () => house.module.get<AmoGrants>(AMO_GRANTS).current(), workspaceId);
const tokenOf = async (workspaceId: WorkspaceId) => (await current(workspaceId)).accessToken;
const unclaimed = expect.objectContaining({ code: 'crm.install_unclaimed' });
const notConnected = expect.objectContaining({ code: 'crm.not_connected' });
const connections = async () =>
  (await database.owner.query<object[]>('SELECT workspace_id, account_id FROM amo_connections')).length;

describe('an install of the widget', () => {
  it('refreshes the grant of the workspace that is connected to the account', async () => {
    await house.connect(ours);
    await expect(install()).resolves.toEqual({ accountId: 31, accountName: 'Ромашка' });
    expect(await tokenOf(ours)).toBe('access-installed');
  });

  it('ends reconnect_needed of that workspace', async () => {
    await house.connect(ours);
    await house.as(
      'system',
      async () => {
        const grants = house.module.get<AmoGrants>(AMO_GRANTS);
        await grants.markState('reconnect_needed', 'revoked', await grants.current());
      },
      ours,
    );
    await install({ clientId: undefined });
    expect(await tokenOf(ours)).toBe('access-installed');
  });

  it('connects the only workspace of the server, when it waits for this very account', async () => {
    await start(ours, { account: 'https://demo.amocrm.ru/settings/widgets' });
    await install();
    expect(await current(ours)).toMatchObject({ accountId: 31, accessToken: 'access-installed', clientId: 'client-1' });
    const audit = await database.owner.query<object[]>(
      `SELECT actor_id FROM audit_log WHERE workspace_id = $1 AND command = 'TakeInstall'`,
      [ours],
    );
    expect(audit).toEqual([{ actor_id: house.userId }]);
  });

  it('is taken at Kommo with the integration for Kommo', async () => {
    await start(ours, { account: 'demo.kommo.com' });
    await install({ referer: 'demo.kommo.com', clientId: undefined });
    expect(house.amo.exchanged).toMatchObject([{ origin: 'https://demo.kommo.com', clientId: 'client-2' }]);
  });
});

describe('an install that could bind a foreign account', () => {
  it("a stranger's account is not bound to a workspace that waits for its own, nor to one that named none", async () => {
    await start(ours, { account: 'demo.amocrm.ru' });
    house.amo.account = { accountId: 66, name: 'Чужие', subdomain: 'stranger' };
    await expect(install({ referer: 'stranger.amocrm.ru' })).rejects.toThrow(unclaimed);
    await database.owner.query('DELETE FROM oauth_states');
    await start(ours);
    await expect(install({ referer: 'stranger.amocrm.ru' })).rejects.toThrow(unclaimed);
    expect([await connections(), house.amo.exchanged]).toEqual([0, []]);
  });

  it('a company that installs does not fall to a workspace that lies in wait for it', async () => {
    // The company has a workspace here, or is about to: whom it means cannot be told.
    await start(theirs, { account: 'demo.amocrm.ru' });
    await start(ours, { account: 'demo.amocrm.ru' });
    await expect(install()).rejects.toThrow(unclaimed);
    await database.owner.query('DELETE FROM oauth_states WHERE workspace_id = $1', [ours]);
    await start(ours);
    await expect(install()).rejects.toThrow(unclaimed);
    expect([await connections(), house.amo.exchanged]).toEqual([0, []]);
  });

  it('nor on a server where any other workspace has been connected', async () => {
    house.amo.account = { accountId: 32, name: 'Лютик', subdomain: 'other' };
    await house.connect(ours);
    await database.owner.query(`UPDATE amo_connections SET base_url = 'https://other.amocrm.ru'`);
    await start(theirs, { account: 'demo.amocrm.ru' });
    house.amo.account = { accountId: 31, name: 'Ромашка', subdomain: 'demo' };
    await expect(install()).rejects.toThrow(unclaimed);
    await expect(current(theirs)).rejects.toThrow(notConnected);
  });

  it('a subdomain that went to another account brings that account to nobody', async () => {
    await house.connect(ours);
    const before = await tokenOf(ours);
    house.amo.account = { accountId: 66, name: 'Чужие', subdomain: 'demo' };
    await expect(install()).rejects.toThrow(expect.objectContaining({ code: 'crm.other_account' }));
    expect(await tokenOf(ours)).toBe(before);
  });

  it('a workspace that was disconnected stays so, and of several connected ones none is chosen', async () => {
    await house.connect(ours);
    await house.as('admin', () => house.bus.execute(new DisconnectCommand()), ours);
    await expect(install()).rejects.toThrow(unclaimed);
    await house.connect(ours);
    await house.connect(theirs);
    await expect(install()).rejects.toThrow(unclaimed);
    expect([await tokenOf(ours), await tokenOf(theirs)]).toEqual(['access-code', 'access-code']);
  });

  it.each<[string, Partial<InstallNotice>, string]>([
    ['a foreign host', { referer: 'demo.amocrm.ru.evil.example' }, 'crm.host_not_allowed'],
    ['no host', { referer: undefined }, 'crm.host_not_allowed'],
    ['no code', { code: undefined }, 'crm.oauth_refused'],
    ['an integration that is not ours', { clientId: 'client-9' }, 'crm.install_unclaimed'],
  ])('%s: nothing is asked of amoCRM', async (_, changes, code) => {
    await house.connect(ours);
    house.amo.exchanged.length = 0;
    await expect(install(changes)).rejects.toThrow(expect.objectContaining({ code }));
    expect(house.amo.exchanged).toEqual([]);
  });

  it('a code that amoCRM does not know: nothing is kept', async () => {
    await start(ours, { account: 'demo.amocrm.ru' });
    house.amo.refusal = crmErrors['crm.oauth_refused'];
    await expect(install()).rejects.toThrow(expect.objectContaining({ code: 'crm.oauth_refused' }));
    expect(await connections()).toBe(0);
  });

  it('a start that is older than 20 minutes waits no more', async () => {
    await start(ours, { account: 'demo.amocrm.ru' });
    await database.owner.query(`UPDATE oauth_states SET expires_at = now() - interval '1 second'`);
    await expect(install()).rejects.toThrow(unclaimed);
  });
});
