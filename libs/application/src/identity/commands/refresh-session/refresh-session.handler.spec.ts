import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { asId, type SessionId } from '#domain/shared/ids.js';
import { asBearer, found, identityHouse, type IdentityHouse, signIn } from '#testing/identity-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { ForgetEndedSessionsCommand } from '../forget-ended-sessions/forget-ended-sessions.command.js';
import { LogoutCommand } from '../logout/logout.command.js';
import { RefreshSessionCommand } from './refresh-session.command.js';

const DAY_MS = 86_400_000;
const invalid = { code: identityErrors['identity.refresh_invalid'].code, kind: 'unauthenticated' };
const reused = { code: identityErrors['identity.refresh_reused'].code, kind: 'unauthenticated' };

let database: TestDatabase;
let house: IdentityHouse;

beforeAll(async () => {
  database = await testDatabase();
  house = await identityHouse(database);
  await found(house);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => database.owner.query('DELETE FROM sessions'));

const refresh = (refreshToken: string) =>
  house.as({}, () => house.bus.execute(new RefreshSessionCommand({ refreshToken })));

const reasons = async (): Promise<readonly (string | null)[]> =>
  (
    await database.owner.query<{ revoked_reason: string | null }[]>('SELECT revoked_reason FROM sessions ORDER BY id')
  ).map(({ revoked_reason }) => revoked_reason);

describe('RefreshSessionCommand', () => {
  it('exchanges a token again and again, each for a new pair of the same session', async () => {
    const first = await signIn(house);
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    const sessionOf = (token: string) => asBearer(house, token, ({ sessionId }) => Promise.resolve(sessionId));
    expect(await sessionOf(third.accessToken)).toBe(await sessionOf(first.accessToken));
  });

  it('ends the session when a used token comes back, and the end outlives the error', async () => {
    const first = await signIn(house);
    const second = await refresh(first.refreshToken);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(reused);
    expect(await reasons()).toEqual(['refresh_reused']);
    await expect(refresh(second.refreshToken)).rejects.toMatchObject(invalid);
    const lines = await database.owner.query(`SELECT after FROM audit_log WHERE command = 'RefreshSession'`);
    expect(lines).toEqual([{ after: { outcome: 'refresh_reused' } }]);
  });

  // Several rounds: in the first one the pool still opens its connections, and the exchanges hardly meet.
  it.each([1, 2, 3, 4, 5])('lets exactly one of many exchanges at once win (round %i)', async () => {
    const { refreshToken } = await signIn(house);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => refresh(refreshToken)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const losers = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as { code: string }] : [],
    );
    expect(new Set(losers.map(({ code }) => code))).toEqual(new Set([reused.code]));
    expect(await reasons()).toEqual(['refresh_reused']);
  });

  it('leaves other sessions of the user alone', async () => {
    const stolen = await signIn(house);
    const other = await signIn(house);
    await refresh(stolen.refreshToken);
    await expect(refresh(stolen.refreshToken)).rejects.toMatchObject(reused);
    await expect(refresh(other.refreshToken)).resolves.toHaveProperty('accessToken');
  });

  it('refuses what is no token of ours', async () => {
    await expect(refresh('made up')).rejects.toMatchObject(invalid);
    expect(await reasons()).toEqual([]);
  });

  it('refuses a token that was idle for 14 days', async () => {
    const { refreshToken } = await signIn(house);
    house.clock.advance(14 * DAY_MS);
    await expect(refresh(refreshToken)).rejects.toMatchObject(invalid);
  });

  it('ends the session of a user who was deactivated', async () => {
    const { refreshToken } = await signIn(house);
    await database.owner.query('UPDATE users SET is_active = false');
    await expect(refresh(refreshToken)).rejects.toMatchObject(invalid);
    await database.owner.query('UPDATE users SET is_active = true');
    expect(await reasons()).toEqual(['member_inactive']);
  });

  it('takes over a changed role', async () => {
    const { refreshToken } = await signIn(house);
    await database.owner.query(`UPDATE memberships SET role = 'viewer'`);
    const { accessToken } = await refresh(refreshToken);
    await database.owner.query(`UPDATE memberships SET role = 'admin'`);
    const actor = await asBearer(house, accessToken, (signedIn) => Promise.resolve(signedIn.actor));
    expect(actor).toMatchObject({ kind: 'user', role: 'viewer' });
  });
});

describe('LogoutCommand', () => {
  const logout = (accessToken: string, other?: SessionId) =>
    asBearer(house, accessToken, ({ sessionId }) => house.bus.execute(new LogoutCommand(other ?? sessionId)));

  it('ends the session with all its refresh tokens; a second time does nothing', async () => {
    const { accessToken, refreshToken } = await signIn(house);
    await logout(accessToken);
    await logout(accessToken);
    await expect(refresh(refreshToken)).rejects.toMatchObject(invalid);
    const lines = await database.owner.query(`SELECT after FROM audit_log WHERE command = 'Logout'`);
    expect(lines).toEqual([{ after: { outcome: 'logout' } }]);
  });

  it("leaves another user's session alone", async () => {
    const { accessToken } = await signIn(house);
    const [foreign] = await database.owner.query<{ id: string }[]>(
      `WITH person AS (INSERT INTO users (id, email, email_key, name, password_hash) VALUES (gen_random_uuid(), 'b@b', 'b@b', 'B', '-') RETURNING id),
            place AS (SELECT id FROM workspaces)
       INSERT INTO memberships (workspace_id, user_id, role) SELECT place.id, person.id, 'viewer' FROM place, person RETURNING user_id AS id`,
    );
    const [session] = await database.owner.query<{ id: string }[]>(
      `INSERT INTO sessions (workspace_id, id, user_id, created_at, expires_at)
       SELECT id, gen_random_uuid(), $1, now(), now() + interval '1 day' FROM workspaces RETURNING id`,
      [foreign?.id],
    );
    await logout(accessToken, asId<SessionId>(session?.id ?? ''));
    expect(await reasons()).toEqual([null, null]);
  });
});

describe('ForgetEndedSessionsCommand', () => {
  it('deletes what ended more than 30 days ago, with its tokens, and counters out of date', async () => {
    const old = await signIn(house);
    await asBearer(house, old.accessToken, ({ sessionId }) => house.bus.execute(new LogoutCommand(sessionId)));
    house.clock.advance(31 * DAY_MS);
    const young = await signIn(house);
    const forget = () =>
      house.as({ actor: { kind: 'system' } }, () => house.bus.execute(new ForgetEndedSessionsCommand()));
    expect(await forget()).toEqual({ sessions: 1 });
    await expect(refresh(old.refreshToken)).rejects.toMatchObject(invalid);
    await expect(refresh(young.refreshToken)).resolves.toHaveProperty('accessToken');
    house.clock.advance(DAY_MS);
    await forget();
    expect(await database.owner.query('SELECT FROM guess_counters')).toEqual([]);
  });
});
