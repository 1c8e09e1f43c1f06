import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { storeAccount } from '#testing/crm/connected-account.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { aDisposableToken, type TokenChanges, type TokenKind } from '#testing/crm/disposable-token.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { DisposableTokens } from './disposable-tokens.js';

const MINUTE_MS = 60_000;

let database: TestDatabase;
let house: CrmHouse;
let tokens: DisposableTokens;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  tokens = house.module.get(DisposableTokens);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(async () => {
  await database.owner.query('TRUNCATE amo_connections, amo_directories');
  await storeAccount(database.owner, { workspaceId: house.workspaceId });
});

const read = (changes?: TokenChanges, kind?: TokenKind) =>
  tokens.read(aDisposableToken(house.clock.now(), changes, kind));
const refused = (reason: string) => ({ accepted: false, reason });

describe('a one-time token', () => {
  it('says who is at the screen, and of which workspace', async () => {
    const at = house.clock.now();
    const token = aDisposableToken(at, { jti: 'token-1', is_admin: true });
    expect(await tokens.read(token)).toEqual({
      accepted: true,
      visitor: {
        workspaceId: house.workspaceId,
        amoUserId: 5,
        isAmoAdmin: true,
        name: 'Анна',
        email: 'anna@example.com',
        tokenId: 'token-1',
        takenUntil: new Date(Math.floor(at.getTime() / 1_000) * 1_000 + 31 * MINUTE_MS),
      },
    });
    expect(await tokens.read(token)).toMatchObject({ accepted: true });
  });

  it('is good for somebody whom the directory does not know yet', async () => {
    const unknown = { accepted: true, visitor: { amoUserId: 77, name: null, email: null } };
    expect(await read({ user_id: 77 })).toMatchObject(unknown);
    await storeAccount(database.owner, { workspaceId: house.workspaceId, users: null });
    expect(await read({ user_id: 77 })).toMatchObject(unknown);
  });

  it.each(['reconnect_needed', 'blocked', 'subscription_ended'])(
    'is good while the connection is in trouble: %s',
    async (state) => {
      await storeAccount(database.owner, { workspaceId: house.workspaceId, state });
      expect(await read()).toMatchObject({ accepted: true });
    },
  );

  const KEY = 'secret-1';

  it.each<[string, string, TokenChanges, TokenKind]>([
    ['of an unknown integration', 'unknown_client', { client_uuid: 'client-9' }, { key: KEY }],
    ['of no integration', 'malformed', { client_uuid: null }, { key: KEY }],
    ['under another secret', 'bad_signature', {}, { key: 'secret-2' }],
    ['under no secret', 'malformed', {}, { key: KEY, alg: 'none' }],
    ['under the algorithm of bots', 'bad_signature', {}, { key: KEY, alg: 'HS512' }],
    ['for another server', 'wrong_audience', { aud: 'https://evil.example' }, { key: KEY }],
    ['from another host', 'wrong_issuer', { iss: 'https://evil.example' }, { key: KEY }],
    ['from another account of amoCRM', 'wrong_issuer', { iss: 'https://other.amocrm.ru' }, { key: KEY }],
    ['from the account over http', 'wrong_issuer', { iss: 'http://demo.amocrm.ru' }, { key: KEY }],
    ['of an account that nobody connected', 'account_not_connected', { account_id: 32 }, { key: KEY }],
    ['without a user', 'malformed_claims', { user_id: null }, { key: KEY }],
    ['without an id', 'malformed_claims', { jti: null }, { key: KEY }],
    ['without an end', 'malformed_claims', { exp: null }, { key: KEY }],
    ['with what bots say', 'malformed_claims', { user_id: null, entity_id: 1, bot_type: 'salesbot' }, { key: KEY }],
  ])('is refused %s', async (_, reason, changes, kind) => {
    expect(await read(changes, kind)).toEqual(refused(reason));
  });

  it('is refused before its time and after it', async () => {
    const token = aDisposableToken(house.clock.now());
    const late = new Date(house.clock.now().getTime() + 2 * MINUTE_MS);
    expect(await tokens.read(aDisposableToken(late))).toEqual(refused('not_yet_valid'));
    house.clock.advance(30 * MINUTE_MS);
    expect(await tokens.read(token)).toMatchObject({ accepted: true });
    house.clock.advance(MINUTE_MS);
    expect(await tokens.read(token)).toEqual(refused('expired'));
    expect(await read({ exp: Math.floor(house.clock.now().getTime() / 1_000) + 86_400 })).toEqual(
      refused('lives_too_long'),
    );
  });

  it.each([
    '',
    ' ',
    'garbage',
    'a.b.c',
    'x'.repeat(5_000),
    `${'a'.repeat(2_000)}.${'b'.repeat(2_000)}.${'c'.repeat(2_000)}`,
  ])('is no such thing: %#', async (text) => {
    expect(await tokens.read(text)).toMatchObject({ accepted: false });
  });

  it('of a huge size is not looked into', async () => {
    expect(await read({ padding: 'x'.repeat(4_096) })).toEqual(refused('too_long'));
  });

  it('is refused once the account was disconnected', async () => {
    await storeAccount(database.owner, { workspaceId: house.workspaceId, state: 'disconnected' });
    expect(await read()).toEqual(refused('account_not_connected'));
  });

  it('is refused to somebody whom amoCRM has deactivated', async () => {
    const gone = { id: 5, name: 'Анна', email: 'anna@example.com', isActive: false, isAdmin: true };
    await storeAccount(database.owner, { workspaceId: house.workspaceId, users: [gone] });
    expect(await read()).toEqual(refused('person_deactivated'));
  });
});

describe('an integration that a workspace has brought itself', () => {
  const theirs = v7();

  it('speaks for its own account', async () => {
    await storeAccount(database.owner, {
      workspaceId: theirs,
      accountId: 32,
      baseUrl: 'https://theirs.amocrm.ru',
      clientId: 'client-2',
    });
    const changes = { client_uuid: 'client-2', account_id: 32, iss: 'https://theirs.amocrm.ru' };
    expect(await read(changes, { key: 'secret-2' })).toMatchObject({
      accepted: true,
      visitor: { workspaceId: theirs },
    });
  });

  it('never speaks for the account of another workspace', async () => {
    expect(await read({ client_uuid: 'client-2' }, { key: 'secret-2' })).toEqual(refused('account_not_connected'));
  });
});

describe('an account that is connected to several workspaces', () => {
  it('says nothing about which of them is meant: nobody is let in', async () => {
    await storeAccount(database.owner, { workspaceId: v7() });
    expect(await read()).toEqual(refused('account_in_several_workspaces'));
  });

  it('is clear when all but one were disconnected', async () => {
    await storeAccount(database.owner, { workspaceId: v7(), state: 'disconnected' });
    expect(await read()).toMatchObject({ accepted: true, visitor: { workspaceId: house.workspaceId } });
  });
});
