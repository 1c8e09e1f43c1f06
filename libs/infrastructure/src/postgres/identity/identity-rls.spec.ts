import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';

const [HERE, THERE] = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'] as const;
const [ANNA, BORIS, VERA] = ['a', 'b', 'c'].map(
  (letter) => `01900000-0000-7000-8000-0000000001${letter.repeat(2)}`,
) as [string, string, string];

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const { owner } = database;
  await owner.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'here'), ($2, 'there')`, [HERE, THERE]);
  await owner.query(
    `INSERT INTO users (id, email, email_key, name, password_hash) SELECT id, name, name, name, '-'
     FROM unnest($1::uuid[], ARRAY['anna', 'boris', 'vera']) AS u (id, name)`,
    [[ANNA, BORIS, VERA]],
  );
  // Anna belongs to both, Boris to the one, Vera to the other.
  await owner.query(
    `INSERT INTO memberships (workspace_id, user_id, role) VALUES ($1, $3, 'admin'), ($2, $3, 'viewer'), ($1, $4, 'viewer'), ($2, $5, 'viewer')`,
    [HERE, THERE, ANNA, BORIS, VERA],
  );
  await owner.query(
    `INSERT INTO sessions (workspace_id, id, user_id, created_at, expires_at)
     SELECT workspace_id, gen_random_uuid(), user_id, now(), now() + interval '1 day' FROM memberships`,
  );
  await owner.query(
    `INSERT INTO refresh_tokens (workspace_id, hash, session_id, created_at, expires_at)
     SELECT workspace_id, sha256(id::text::bytea), id, created_at, expires_at FROM sessions`,
  );
});
afterAll(() => database.close());

/** Run one statement as the application in `workspaceId`, on behalf of `userId`. */
const inside = async <T>(workspaceId: string, userId: string, sql: string, values: unknown[] = []): Promise<T[]> => {
  const runner = database.app.createQueryRunner();
  try {
    await runner.query('START TRANSACTION');
    await runner.query(`SELECT set_config('app.workspace_id', $1, true), set_config('app.user_id', $2, true)`, [
      workspaceId,
      userId,
    ]);
    return (await runner.query(sql, values, true)).records as T[];
  } finally {
    await runner.query('ROLLBACK');
    await runner.release();
  }
};

const names = async (workspaceId: string, userId: string): Promise<readonly string[]> =>
  (await inside<{ name: string }>(workspaceId, userId, 'SELECT name FROM users ORDER BY name')).map(({ name }) => name);

const countIn = async (dataSource: DataSource, table: string): Promise<number | undefined> =>
  (await dataSource.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;

describe('row-level security of identity', () => {
  it('shows the memberships of the workspace, and to a user also his own elsewhere', async () => {
    const sql = 'SELECT workspace_id, user_id FROM memberships ORDER BY workspace_id, user_id';
    expect(await inside(HERE, '', sql)).toEqual([
      { workspace_id: HERE, user_id: ANNA },
      { workspace_id: HERE, user_id: BORIS },
    ]);
    expect(await inside(HERE, ANNA, sql)).toEqual([
      { workspace_id: HERE, user_id: ANNA },
      { workspace_id: HERE, user_id: BORIS },
      { workspace_id: THERE, user_id: ANNA },
    ]);
  });

  it('lets nobody change a membership elsewhere, not even his own', async () => {
    expect(
      await inside(HERE, ANNA, `UPDATE memberships SET role = 'admin' WHERE workspace_id = $1 RETURNING user_id`, [
        THERE,
      ]),
    ).toEqual([]);
    expect(
      await inside(HERE, ANNA, `DELETE FROM memberships WHERE workspace_id = $1 RETURNING user_id`, [THERE]),
    ).toEqual([]);
    const join = inside(HERE, BORIS, `INSERT INTO memberships (workspace_id, user_id, role) VALUES ($1, $2, 'admin')`, [
      THERE,
      BORIS,
    ]);
    await expect(join).rejects.toThrow('row-level security');
  });

  it('shows users to their colleagues only', async () => {
    expect(await names(HERE, BORIS)).toEqual(['anna', 'boris']);
    expect(await names(THERE, VERA)).toEqual(['anna', 'vera']);
    expect(await names('', '')).toEqual([]);
  });

  it('keeps password hashes from the application', async () => {
    await expect(inside(HERE, ANNA, 'SELECT password_hash FROM users')).rejects.toThrow('permission denied');
  });

  it.each([
    ['sessions', BORIS],
    ['refresh_tokens', ANNA],
  ])('keeps %s to their workspace', async (table, userId) => {
    expect(await countIn(database.owner, table)).toBe(4);
    expect(await inside(HERE, userId, `SELECT DISTINCT workspace_id FROM ${table}`)).toEqual([{ workspace_id: HERE }]);
    expect(await countIn(database.app, table)).toBe(0);
  });

  it("lets a person see and end his own sessions elsewhere, and nobody else's", async () => {
    const end = `UPDATE sessions SET revoked_at = now(), revoked_reason = 'x' WHERE workspace_id = $1 RETURNING user_id`;
    expect(await inside(HERE, ANNA, end, [THERE])).toEqual([{ user_id: ANNA }]);
    expect(await inside(HERE, BORIS, end, [THERE])).toEqual([]);
    expect(await inside(HERE, ANNA, `DELETE FROM sessions WHERE workspace_id = $1 RETURNING user_id`, [THERE])).toEqual(
      [],
    );
  });

  it('lets a person change his own password, and nothing else of his account', async () => {
    const change = `UPDATE users SET password_hash = 'new' WHERE id = $1 RETURNING name`;
    expect(await inside(HERE, ANNA, change, [ANNA])).toEqual([{ name: 'anna' }]);
    expect(await inside(HERE, ANNA, change, [BORIS])).toEqual([]);
    await expect(inside(HERE, ANNA, `UPDATE users SET is_active = true WHERE id = $1`, [ANNA])).rejects.toThrow(
      'permission denied',
    );
  });

  it('keeps second factors to their person, and their secrets from everybody', async () => {
    await database.owner.query(
      `INSERT INTO second_factors (user_id, sealed_secret, created_at, confirmed_at) SELECT id, 'x', now(), now() FROM users`,
    );
    await database.owner.query(`INSERT INTO recovery_codes (user_id, hash) SELECT id, sha256('x') FROM users`);
    await database.owner.query(
      `INSERT INTO sign_in_tickets (hash, purpose, user_id, created_at, expires_at)
       SELECT sha256(name::bytea), 'password_reset', id, now(), now() FROM users`,
    );
    const reset = `DELETE FROM second_factors WHERE user_id = $1 RETURNING user_id`;
    expect(await inside(HERE, ANNA, reset, [BORIS])).toEqual([{ user_id: BORIS }]);
    expect(await inside(HERE, ANNA, reset, [VERA])).toEqual([]);
    const confirm = `UPDATE second_factors SET confirmed_at = now() WHERE user_id = $1 RETURNING user_id`;
    expect(await inside(HERE, ANNA, confirm, [BORIS])).toEqual([]);
    await expect(inside(HERE, ANNA, 'SELECT sealed_secret FROM second_factors')).rejects.toThrow('permission denied');
    await expect(inside(HERE, ANNA, 'SELECT hash FROM recovery_codes')).rejects.toThrow('permission denied');
    for (const table of ['recovery_codes', 'sign_in_tickets']) {
      expect(await inside(HERE, ANNA, `SELECT user_id FROM ${table}`)).toEqual([{ user_id: ANNA }]);
    }
  });

  it('shows the current workspace and those the person belongs to, and none without either', async () => {
    const sql = 'SELECT name FROM workspaces ORDER BY name';
    expect(await inside(HERE, BORIS, sql)).toEqual([{ name: 'here' }]);
    expect(await inside(HERE, ANNA, sql)).toEqual([{ name: 'here' }, { name: 'there' }]);
    expect(await countIn(database.app, 'workspaces')).toBe(0);
  });

  it.each(['guess_counters', 'usual_addresses'])('keeps %s from the application', async (table) => {
    await expect(countIn(database.app, table)).rejects.toThrow('permission denied');
  });
});
