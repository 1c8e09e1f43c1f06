import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { ConnectByCodeCommand } from '../connect-by-code/connect-by-code.command.js';
import { ConnectByTokenCommand } from './connect-by-token.command.js';

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
  house.amo.identifyRefusal = null;
  house.amo.exchanged.length = 0;
});

type Who = 'admin' | 'manager';
const byToken = (token: string, account = 'demo.amocrm.ru', who: Who = 'admin') =>
  house.as(who, () => house.bus.execute(new ConnectByTokenCommand({ account, token })), workspaceId);
const byCode = (referer = 'demo.amocrm.ru', who: Who = 'admin') =>
  house.as(who, () => house.bus.execute(new ConnectByCodeCommand({ code: 'the-code', referer })), workspaceId);
const current = () => house.as('system', () => house.module.get<AmoGrants>(AMO_GRANTS).current(), workspaceId);
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
const coded = (code: string) => expect.objectContaining({ code });

describe('connecting with a long-lived token', () => {
  it('keeps the token without a refresh token, until the end that it names, for the integration that it names', async () => {
    const token = jwt({ aud: 'private', sub: '501', exp: 1_900_000_000 });
    await byToken(token, 'https://demo.amocrm.ru/leads/list?a=1');
    expect(await current()).toMatchObject({
      baseUrl: 'https://demo.amocrm.ru',
      clientId: 'private',
      accessToken: token,
      refreshToken: null,
      accessExpiresAt: new Date(1_900_000_000_000),
    });
    const stored = await database.owner.query<{ sealed: string }[]>(
      'SELECT access_token AS sealed FROM amo_connections WHERE workspace_id = $1',
      [workspaceId],
    );
    expect(stored[0]?.sealed).not.toContain(token);
  });

  it('takes one that says nothing of itself for the configured integration, and for five years', async () => {
    await byToken('opaque', ' demo.kommo.com/ ');
    const { clientId, baseUrl, accessExpiresAt } = await current();
    expect([clientId, baseUrl]).toEqual(['client-2', 'https://demo.kommo.com']);
    expect(accessExpiresAt.getUTCFullYear()).toBe(house.clock.now().getUTCFullYear() + 5);
  });

  it.each(['evil.example', 'https://demo.amocrm.ru@evil.example', 'http://', '', 'demo.amocrm.ru/../x', 'amocrm.ru'])(
    'sends nothing to %j',
    async (account) => {
      house.amo.identifyRefusal = crmErrors['crm.unreachable'];
      await expect(byToken('token', account)).rejects.toThrow(coded('crm.host_not_allowed'));
    },
  );

  it('keeps nothing that amoCRM does not take', async () => {
    house.amo.identifyRefusal = crmErrors['crm.reconnect_needed'];
    await expect(byToken('dead')).rejects.toThrow(coded('crm.oauth_refused'));
    house.amo.identifyRefusal = crmErrors['crm.account_blocked'];
    await expect(byToken('blocked')).rejects.toThrow(coded('crm.account_blocked'));
    await expect(current()).rejects.toThrow(coded('crm.not_connected'));
  });
});

describe('connecting with a code from the settings', () => {
  it.each([
    ['demo.amocrm.ru', 'client-1'],
    ['demo.kommo.com', 'client-2'],
  ])('exchanges it at %s as %s, and takes the grant', async (host, clientId) => {
    await byCode(host);
    expect(house.amo.exchanged).toEqual([{ origin: `https://${host}`, code: 'the-code', clientId }]);
    expect(await current()).toMatchObject({ clientId, accessToken: 'access-the-code', accountId: 31 });
  });

  it.each(['evil.example', 'demo.amocrm.ru.evil.example', '', 'demo.amocrm.ru:443'])(
    'sends the secret to no %j',
    async (host) => {
      await expect(byCode(host)).rejects.toThrow(coded('crm.host_not_allowed'));
      expect(house.amo.exchanged).toEqual([]);
    },
  );

  it('keeps nothing that amoCRM refuses, and needs an integration', async () => {
    house.amo.refusal = crmErrors['crm.oauth_refused'];
    await expect(byCode()).rejects.toThrow(coded('crm.oauth_refused'));
    const configured = house.amo.integrations;
    house.amo.integrations = { amocrm: null, kommo: null };
    await expect(byCode()).rejects.toThrow(coded('crm.integration_missing'));
    house.amo.integrations = configured;
    await expect(current()).rejects.toThrow(coded('crm.not_connected'));
  });
});

describe('either way', () => {
  it('takes the same account again and another never', async () => {
    await byCode();
    await byToken('token');
    house.amo.account = { accountId: 32, name: 'Лютик', subdomain: 'other' };
    await expect(byCode()).rejects.toThrow(coded('crm.other_account'));
    await expect(byToken('other')).rejects.toThrow(coded('crm.other_account'));
    expect((await current()).accessToken).toBe('token');
  });

  it('is for administrators', async () => {
    await expect(byToken('token', 'demo.amocrm.ru', 'manager')).rejects.toThrow(coded('shared.forbidden'));
    await expect(byCode('demo.amocrm.ru', 'manager')).rejects.toThrow(coded('shared.forbidden'));
  });
});
