import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { storeAccount } from '#testing/crm/connected-account.js';
import { type CrmHouse, crmHouse, SANDBOX_ORIGIN } from '#testing/crm/crm-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { CONNECTED_ACCOUNTS, type ConnectedAccounts } from '../ports/connected-accounts.js';
import { WidgetOrigins } from './widget-origins.js';

let database: TestDatabase;
let house: CrmHouse;
let origins: WidgetOrigins;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  origins = house.module.get(WidgetOrigins);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(async () => {
  await storeAccount(database.owner, { workspaceId: house.workspaceId });
  house.clock.advance(120_000);
});

const DEMO = 'https://demo.amocrm.ru';

describe('the pages that may call', () => {
  it('are those of connected accounts, and of the sandbox', async () => {
    expect(await origins.allows(DEMO)).toBe(true);
    expect(await origins.allows(SANDBOX_ORIGIN)).toBe(true);
  });

  it.each([
    'https://other.amocrm.ru',
    'http://demo.amocrm.ru',
    'https://demo.amocrm.ru:444',
    'https://demo.amocrm.ru/',
    'https://DEMO.amocrm.ru',
    'https://demo.amocrm.ru.evil.example',
    'https://evil.example',
    'http://127.0.0.1:3301',
    'null',
    '*',
    '',
    'demo.amocrm.ru',
  ])('are not those of %p', async (origin) => {
    expect(await origins.allows(origin)).toBe(false);
  });

  it('are known within seconds of the connection, and forgotten within a minute of its end', async () => {
    expect(await origins.allows('https://new.amocrm.ru')).toBe(false);
    await storeAccount(database.owner, { workspaceId: house.workspaceId, baseUrl: 'https://new.amocrm.ru' });
    house.clock.advance(2_000);
    expect(await origins.allows('https://new.amocrm.ru')).toBe(true);
    await storeAccount(database.owner, { workspaceId: house.workspaceId, state: 'disconnected' });
    house.clock.advance(60_000);
    expect(await origins.allows('https://new.amocrm.ru')).toBe(false);
  });

  it('are read once for everybody who asks at the same time, and again after a failure', async () => {
    const real = house.module.get<ConnectedAccounts>(CONNECTED_ACCOUNTS);
    let readings = 0;
    let away = true;
    const accounts: ConnectedAccounts = {
      find: (...asked) => real.find(...asked),
      origins: () => {
        readings++;
        return away ? Promise.reject(new Error('the database is away')) : real.origins();
      },
    };
    const own = new WidgetOrigins(accounts, house.amo, { sandboxOrigin: null }, house.clock);
    await expect(own.allows(DEMO)).rejects.toThrow('away');
    away = false;
    const strangers = Array.from({ length: 50 }, (_, index) => own.allows(`https://stranger${index}.amocrm.ru`));
    expect(await Promise.all([own.allows(DEMO), ...strangers])).toEqual([true, ...Array<boolean>(50).fill(false)]);
    expect(readings).toBe(2);
  });
});
