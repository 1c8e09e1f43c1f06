import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { GetConnectionQuery } from '../../queries/get-connection/get-connection.query.js';
import { ConnectByTokenCommand } from '../connect-by-token/connect-by-token.command.js';
import { TakeUninstallCommand, type UninstallNotice } from './take-uninstall.command.js';

let database: TestDatabase;
let house: CrmHouse;
let accountId: number;
let here: WorkspaceId;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  accountId = 1_000;
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(async () => {
  accountId++;
  house.amo.account = { accountId, name: 'Ромашка', subdomain: 'demo' };
  here = asId<WorkspaceId>(v7());
  await house.connect(here);
});

const sign = (clientId: string, account: string, secret = 'secret-1') =>
  createHmac('sha256', secret).update(`${clientId}|${account}`).digest('hex');
const notice = (changes: Partial<UninstallNotice> = {}): UninstallNotice => {
  const about = { clientId: 'client-1', accountId: String(accountId), ...changes };
  return { signature: sign(about.clientId, about.accountId), ...about };
};
const take = (given: UninstallNotice) => house.as(null, () => house.bus.execute(new TakeUninstallCommand(given)));
const stateIn = async (workspaceId: WorkspaceId) =>
  (await house.as('viewer', () => house.bus.ask(new GetConnectionQuery()), workspaceId)).state;

describe('the uninstall hook', () => {
  it('forgets the grants in every workspace of the account, once, and in no other', async () => {
    const twin = asId<WorkspaceId>(v7());
    await house.connect(twin);
    house.amo.account = { accountId: accountId + 500_000, name: 'Лютик', subdomain: 'other' };
    const stranger = asId<WorkspaceId>(v7());
    await house.connect(stranger);

    await Promise.all([take(notice()), take(notice())]);
    await take(notice());
    expect([await stateIn(here), await stateIn(twin), await stateIn(stranger)]).toEqual([
      'disconnected',
      'disconnected',
      'active',
    ]);
    const [row] = await database.owner.query<object[]>(
      'SELECT access_token, refresh_token, state_reason FROM amo_connections WHERE workspace_id = $1',
      [here],
    );
    expect(row).toEqual({
      access_token: null,
      refresh_token: null,
      state_reason: 'The integration was switched off in amoCRM',
    });
    const told = await database.owner.query<object[]>(
      `SELECT payload FROM outbox WHERE workspace_id = $1 AND name = 'crm.connection_changed' ORDER BY id OFFSET 1`,
      [here],
    );
    expect(told).toMatchObject([{ payload: { from: 'active', to: 'disconnected' } }]);
    const audit = await database.owner.query<object[]>(
      `SELECT actor_kind FROM audit_log WHERE workspace_id = $1 AND command = 'TakeUninstall'`,
      [here],
    );
    expect(audit).toEqual([{ actor_kind: 'system' }]);
  });

  it('leaves a connection that lives on another integration', async () => {
    const claims = Buffer.from(JSON.stringify({ aud: 'client-2' })).toString('base64url');
    const token = new ConnectByTokenCommand({ account: 'demo.amocrm.ru', token: `e30.${claims}.s` });
    const other = asId<WorkspaceId>(v7());
    await house.as('admin', () => house.bus.execute(token), other);
    await take(notice());
    expect([await stateIn(here), await stateIn(other)]).toEqual(['disconnected', 'active']);
  });

  it('bears an account that nobody here knows', async () => {
    await expect(take(notice({ accountId: '999999' }))).resolves.toBeUndefined();
  });

  it.each<[string, () => Partial<UninstallNotice>]>([
    ['another secret', () => ({ signature: sign('client-1', String(accountId), 'secret-2') })],
    ['another account', () => ({ signature: sign('client-1', String(accountId + 1)) })],
    ['another integration', () => ({ signature: sign('client-2', String(accountId)) })],
    ['no separator', () => ({ signature: sign(`client-1${accountId}`, '') })],
    ['half of a signature', () => ({ signature: notice().signature.slice(0, 32) })],
    ['no hex', () => ({ signature: 'z'.repeat(64) })],
    ['no signature', () => ({ signature: '' })],
    ['an unknown integration', () => ({ clientId: 'client-9' })],
    ['no integration', () => ({ clientId: '' })],
    ['no account', () => ({ accountId: '' })],
    ['an account that is no number', () => ({ accountId: '1e3' })],
    ['an account beyond all numbers', () => ({ accountId: '9'.repeat(40) })],
  ])('is refused with %s, always alike', async (_, changes) => {
    await expect(take(notice(changes()))).rejects.toThrow(
      expect.objectContaining({ code: 'crm.notice_refused', message: 'The notice is not one of amoCRM', details: {} }),
    );
    expect(await stateIn(here)).toBe('active');
  });
});
