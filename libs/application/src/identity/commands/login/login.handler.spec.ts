import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { identityErrors } from '#domain/identity/identity.errors.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import {
  ADMIN,
  asBearer,
  found,
  identityHouse,
  type IdentityHouse,
  signIn,
  tokensIn,
} from '#testing/identity-house.js';
import { permissionsOf } from '#domain/identity/permissions.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { PASSWORD_HASHER, type PasswordHasher } from '../../ports/password-hasher.js';
import { GetMeQuery } from '../../queries/get-me/get-me.query.js';
import { LoginCommand } from './login.command.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';
const MINUTE_MS = 60_000;
const refused = { code: identityErrors['identity.invalid_credentials'].code, kind: 'unauthenticated' };
const tooMany = { code: identityErrors['identity.too_many_attempts'].code, kind: 'limit' };

let database: TestDatabase;
let house: IdentityHouse;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  database = await testDatabase();
  house = await identityHouse(database);
  workspaceId = await found(house);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => database.owner.query('TRUNCATE guess_counters, usual_addresses'));

const guess = (email: string, password: string, ip = '203.0.113.7') =>
  house.as({ ip }, () => house.bus.execute(new LoginCommand({ email, password })));

/** Guess wrongly `times` times, one after the other; all must be looked at. */
const guessWrongly = async (times: number, ip?: string, email: string = ADMIN.email): Promise<void> => {
  for (let time = 0; time < times; time++)
    await expect(guess(email, `wrong ${time}`, ip)).rejects.toMatchObject(refused);
};

/** Spend the counter of the account from as many addresses as it takes. */
const guessFromEverywhere = async (): Promise<void> => {
  for (let host = 1; host <= 5; host++) await guessWrongly(10, `198.51.100.${host}`);
};

describe('LoginCommand', () => {
  it('opens a session whose access token is good for the workspace', async () => {
    const tokens = tokensIn(await guess(' anna@EXAMPLE.com', ADMIN.password));
    expect(tokens.expiresIn).toBe(900);
    const me = await asBearer(house, tokens.accessToken, () => house.bus.ask(new GetMeQuery()));
    expect(me).toEqual({
      id: expect.any(String),
      email: ADMIN.email,
      name: 'Administrator',
      role: 'admin',
      workspaceId,
      workspaces: [{ id: workspaceId, name: 'Sdelka', role: 'admin' }],
      permissions: [...permissionsOf('admin')],
      apiKeyId: null,
      amoUserId: null,
    });
  });

  it('stores the refresh token as a hash only', async () => {
    const { refreshToken } = await signIn(house);
    const [row] = await database.owner.query<{ found: number }[]>(
      `SELECT count(*)::int AS found FROM refresh_tokens WHERE hash = sha256(convert_to($1, 'UTF8'))`,
      [refreshToken],
    );
    expect(row?.found).toBe(1);
  });

  it('answers alike to an unknown e-mail, a wrong password, a deactivated user and one without a workspace', async () => {
    const hash = `(SELECT password_hash FROM users LIMIT 1)`;
    await database.owner.query(
      `INSERT INTO users (id, email, email_key, name, password_hash, is_active) VALUES
       (gen_random_uuid(), 'off@example.com', 'off@example.com', 'Off', ${hash}, false),
       (gen_random_uuid(), 'alone@example.com', 'alone@example.com', 'Alone', ${hash}, true)`,
    );
    await database.owner.query(
      `INSERT INTO memberships (workspace_id, user_id, role) SELECT $1, id, 'viewer' FROM users WHERE email_key = 'off@example.com'`,
      [workspaceId],
    );
    await expect(guess('nobody@example.com', ADMIN.password)).rejects.toMatchObject(refused);
    await expect(guess(ADMIN.email, 'wrong')).rejects.toMatchObject(refused);
    await expect(guess('off@example.com', ADMIN.password)).rejects.toMatchObject(refused);
    await expect(guess('alone@example.com', ADMIN.password)).rejects.toMatchObject(refused);
  });

  it('hashes for an unknown e-mail as well, so that the time of the answer tells nothing', async () => {
    const verify = jest.spyOn(house.module.get<PasswordHasher>(PASSWORD_HASHER), 'verify');
    await expect(guess('nobody@example.com', 'wrong')).rejects.toMatchObject(refused);
    expect(verify.mock.calls).toEqual([['wrong', null]]);
    verify.mockRestore();
  });

  it('records success and refusal in the audit trail, an unknown e-mail only as a hash', async () => {
    await database.owner.query('DELETE FROM audit_log');
    await signIn(house);
    await guessWrongly(1);
    await guessWrongly(1, undefined, 'typed-my-password-here');
    const lines = await database.owner.query(
      `SELECT workspace_id, command, actor_kind, entity_type, entity_id, after FROM audit_log ORDER BY at`,
    );
    expect(lines).toEqual([
      {
        workspace_id: workspaceId,
        command: 'Login',
        actor_kind: 'user',
        entity_type: 'identity.session',
        entity_id: expect.any(String),
        after: { outcome: 'signed_in', ip: '203.0.113.7', userAgent: 'test' },
      },
      {
        workspace_id: workspaceId,
        command: 'Login',
        actor_kind: 'anonymous',
        entity_type: 'identity.user',
        entity_id: expect.stringMatching(/^[\da-f-]{36}$/),
        after: { outcome: 'refused', ip: '203.0.113.7' },
      },
      {
        workspace_id: NOBODY,
        command: 'Login',
        actor_kind: 'anonymous',
        entity_type: 'identity.user',
        entity_id: expect.stringMatching(/^[\da-f]{64}$/),
        after: { outcome: 'refused', ip: '203.0.113.7' },
      },
    ]);
  });
});

describe('the limits on guessing', () => {
  it('refuse even the right password after ten wrong ones, until the window is over', async () => {
    await guessWrongly(10);
    await expect(guess(ADMIN.email, ADMIN.password)).rejects.toMatchObject({
      ...tooMany,
      retryAfterMs: 15 * MINUTE_MS,
    });
    house.clock.advance(5 * MINUTE_MS);
    await expect(guess(ADMIN.email, ADMIN.password)).rejects.toMatchObject({
      ...tooMany,
      retryAfterMs: 10 * MINUTE_MS,
    });
    house.clock.advance(10 * MINUTE_MS);
    await expect(guess(ADMIN.email, ADMIN.password)).resolves.toHaveProperty('accessToken');
  });

  it('hold for accounts that do not exist, too', async () => {
    await guessWrongly(10, undefined, 'nobody@example.com');
    await expect(guess('nobody@example.com', 'x')).rejects.toMatchObject(tooMany);
  });

  it('look at no more than ten of many guesses at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, (_, n) => guess(ADMIN.email, `wrong ${n}`)));
    const codes = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'let in',
    );
    expect(codes.filter((code) => code === refused.code)).toHaveLength(10);
    expect(codes.filter((code) => code === tooMany.code)).toHaveLength(15);
  });

  it('do not mistake many right passwords at once for guesses', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, () => signIn(house)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
  });

  it('forget the pair after a success', async () => {
    await guessWrongly(9);
    await signIn(house);
    await guessWrongly(10);
    await expect(signIn(house)).rejects.toMatchObject(tooMany);
  });

  it('stop an address after a hundred wrong guesses at any accounts, and no other address', async () => {
    for (let account = 0; account < 10; account++) await guessWrongly(10, '192.0.2.1', `user${account}@example.com`);
    await expect(guess('fresh@example.com', 'x', '192.0.2.1')).rejects.toMatchObject(tooMany);
    await expect(guess('fresh@example.com', 'x', '192.0.2.2')).rejects.toMatchObject(refused);
  });

  it('slow down guesses from many addresses, but let the owner in at a usual one', async () => {
    await signIn(house, { ip: '203.0.113.7' });
    await guessFromEverywhere();
    await expect(guess(ADMIN.email, ADMIN.password, '198.51.100.9')).rejects.toMatchObject(tooMany);
    await expect(guess(ADMIN.email, ADMIN.password, '203.0.113.7')).resolves.toHaveProperty('accessToken');
    house.clock.advance(15 * MINUTE_MS);
    await expect(guess(ADMIN.email, ADMIN.password, '198.51.100.9')).resolves.toHaveProperty('accessToken');
  });

  it('count a refused attempt in no counter', async () => {
    await guessWrongly(10);
    for (let time = 0; time < 5; time++) await expect(guess(ADMIN.email, 'x')).rejects.toMatchObject(tooMany);
    const rows = await database.owner.query<{ hits: number }[]>('SELECT hits FROM guess_counters');
    expect(rows.map(({ hits }) => hits)).toEqual([10, 10, 10]);
  });
});
