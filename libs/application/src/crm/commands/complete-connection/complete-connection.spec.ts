import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { GetConnectionQuery } from '../../queries/get-connection/get-connection.query.js';
import { DisconnectCommand } from '../disconnect/disconnect.command.js';
import { StartConnectionCommand } from '../start-connection/start-connection.command.js';
import { CompleteConnectionCommand, type ConnectionAnswer } from './complete-connection.command.js';

let database: TestDatabase;
let house: CrmHouse;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => {
  workspaceId = asId<WorkspaceId>(v7());
  house.amo.account = { accountId: 31, name: 'Ромашка', subdomain: 'demo' };
  house.amo.refusal = null;
});

const start = async (): Promise<string> => {
  const { authorizeUrl } = await house.as('admin', () => house.bus.execute(new StartConnectionCommand()), workspaceId);
  return new URL(authorizeUrl).searchParams.get('state') ?? '';
};
const complete = (answer: ConnectionAnswer) =>
  house.as(null, () => house.bus.execute(new CompleteConnectionCommand(answer)));
const good = { code: 'code', referer: 'demo.amocrm.ru' };
const state = () => house.as('viewer', () => house.bus.ask(new GetConnectionQuery()), workspaceId);
const coded = (code: string) => expect.objectContaining({ code });
const wireNames = async () => {
  const rows = await database.owner.query<{ name: string }[]>(
    'SELECT name FROM outbox WHERE workspace_id = $1 ORDER BY id',
    [workspaceId],
  );
  return rows.map(({ name }) => name);
};

describe('connecting', () => {
  it('stores the account with sealed tokens, tells it, and writes down who did it', async () => {
    const answer = await complete({ state: await start(), ...good });
    expect(answer).toEqual({ accountId: 31, accountName: 'Ромашка' });
    expect(await state()).toMatchObject({
      state: 'active',
      nextStep: null,
      account: { id: 31, url: 'https://demo.amocrm.ru', platform: 'amocrm' },
    });
    const [row] = await database.owner.query<Record<string, string>[]>(
      'SELECT access_token, refresh_token, client_id FROM amo_connections WHERE workspace_id = $1',
      [workspaceId],
    );
    expect(row?.client_id).toBe('client-1');
    expect(JSON.stringify(row)).not.toContain('access-code');
    expect(JSON.stringify(row)).not.toContain('refresh-code');
    expect(await wireNames()).toEqual(['crm.connection_changed', 'crm.connected']);
    const audit = await database.owner.query<object[]>(
      'SELECT command, actor_kind, actor_id, entity_type FROM audit_log WHERE workspace_id = $1',
      [workspaceId],
    );
    expect(audit).toEqual([
      { command: 'CompleteConnection', actor_kind: 'user', actor_id: house.userId, entity_type: 'crm.connection' },
    ]);
  });

  it('keeps only a hash of the state, and takes it once', async () => {
    const given = await start();
    const stored = await database.owner.query<object[]>(
      `SELECT encode(state_hash, 'escape') AS hash FROM oauth_states WHERE workspace_id = $1`,
      [workspaceId],
    );
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(given);
    const both = await Promise.allSettled([complete({ state: given, ...good }), complete({ state: given, ...good })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(complete({ state: given, ...good })).rejects.toThrow(coded('crm.oauth_state_unknown'));
  });

  it('refuses a state after 20 minutes, a guessed one and none', async () => {
    const given = await start();
    await database.owner.query(
      `UPDATE oauth_states SET expires_at = expires_at - interval '20 minutes' WHERE workspace_id = $1`,
      [workspaceId],
    );
    for (const wrong of [given, 'guess', '', undefined]) {
      await expect(complete({ state: wrong, ...good })).rejects.toThrow(coded('crm.oauth_state_unknown'));
    }
  });

  it.each([['evil.example'], ['demo.amocrm.ru.evil.example'], [undefined]])(
    'sends nothing to the host %s',
    async (referer) => {
      const before = house.amo.calls.exchangeCode;
      await expect(complete({ state: await start(), code: 'code', referer })).rejects.toThrow(
        coded('crm.host_not_allowed'),
      );
      expect(house.amo.calls.exchangeCode).toBe(before);
    },
  );

  it('stays unconnected when the administrator or amoCRM refuses', async () => {
    await expect(complete({ state: await start(), error: 'access_denied', ...good })).rejects.toThrow(
      coded('crm.oauth_refused'),
    );
    house.amo.refusal = crmErrors['crm.oauth_refused'];
    await expect(complete({ state: await start(), ...good })).rejects.toThrow(coded('crm.oauth_refused'));
    expect(await state()).toMatchObject({ state: 'disconnected', since: null, nextStep: { code: 'connect' } });
  });

  it('takes the same account again, and another one never, not even after disconnecting', async () => {
    await complete({ state: await start(), ...good });
    await complete({ state: await start(), code: 'again', referer: 'renamed.amocrm.ru' });
    expect(await state()).toMatchObject({ state: 'active', account: { url: 'https://renamed.amocrm.ru' } });
    await house.as('admin', () => house.bus.execute(new DisconnectCommand()), workspaceId);
    house.amo.account = { accountId: 32, name: 'Лютик', subdomain: 'other' };
    await expect(complete({ state: await start(), ...good })).rejects.toThrow(coded('crm.other_account'));
    expect(await state()).toMatchObject({ state: 'disconnected', account: { id: 31 } });
  });

  it('forgets the tokens when it is disconnected, and says so once', async () => {
    await complete({ state: await start(), ...good });
    const disconnect = () => house.as('admin', () => house.bus.execute(new DisconnectCommand()), workspaceId);
    await disconnect();
    await disconnect();
    const [row] = await database.owner.query<object[]>(
      'SELECT access_token, refresh_token FROM amo_connections WHERE workspace_id = $1',
      [workspaceId],
    );
    expect(row).toEqual({ access_token: null, refresh_token: null });
    expect(await wireNames()).toEqual(['crm.connection_changed', 'crm.connected', 'crm.connection_changed']);
  });

  it.each(['manager', 'operator', 'viewer'] as const)('is not for a %s', async (role) => {
    const asked = house.as(role, () => house.bus.execute(new StartConnectionCommand()), workspaceId);
    await expect(asked).rejects.toThrow(coded('shared.forbidden'));
  });
});
