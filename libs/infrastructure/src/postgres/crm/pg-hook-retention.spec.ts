import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { CreateHookTokenCommand, HookIntake } from '#application/crm/index.js';
import { HOOK_RETENTION, type HookRetention } from '#application/crm/ports/hook-retention.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

const TABLES = ['hook_entities', 'hook_inbox', 'hook_runs'];
const KEPT_DAYS = 3;

let database: TestDatabase;
let house: CrmHouse;
let retention: HookRetention;
let whole: readonly string[];
beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  retention = house.module.get(HOOK_RETENTION);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

const partitions = async (): Promise<readonly string[]> => {
  const rows = await database.owner.query<{ name: string }[]>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits
     WHERE inhparent IN ('hook_inbox'::regclass, 'hook_entities'::regclass, 'hook_runs'::regclass) ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};
/** A day's partition, so many days from today by the database's clock. */
const day = async (table: string, days: number): Promise<string> => {
  const [row] = await database.owner.query<{ name: string }[]>(
    `SELECT $1 || to_char((now() AT TIME ZONE 'UTC')::date + $2::int, '_YYYY_MM_DD') AS name`,
    [table, days],
  );
  return row?.name ?? '';
};
const make = async (table: string, days: number): Promise<string> => {
  const name = await day(table, days);
  const at = name.slice(-10).replaceAll('_', '-');
  await database.owner.query(
    `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM ('${at} 00:00:00+00') TO (('${at}'::date + 1)::timestamp AT TIME ZONE 'UTC')`,
  );
  return name;
};
const store = (days: number) =>
  database.owner.query(
    `INSERT INTO hook_inbox (workspace_id, id, token_id, content_type, body, size_bytes, digest, received_at, state)
     VALUES ($1, $2, $2, '', '', 0, '', now() + $3 * interval '1 day', 'failed')`,
    [house.workspaceId, v7(), days],
  );
const storedIn = async (table: string) => {
  const [row] = await database.owner.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count;
};

describe('the daily partitions of hooks', () => {
  beforeEach(async () => {
    const names = TABLES.flatMap((table) => [
      Promise.resolve(`${table}_default`),
      ...Array.from({ length: 8 }, (_, step) => day(table, step)),
    ]);
    whole = (await Promise.all(names)).toSorted();
  });

  it('are there from the beginning, for today and the next week, and made again when they are missing', async () => {
    expect(await partitions()).toEqual(whole);
    for (const name of [await day('hook_inbox', 2), await day('hook_runs', 7)])
      await database.owner.query(`DROP TABLE ${name}`);
    await retention.keep(KEPT_DAYS);
    expect(await partitions()).toEqual(whole);
    await Promise.all([1, 2, 3, 4].map(() => retention.keep(KEPT_DAYS)));
    expect(await partitions()).toEqual(whole);
  });

  it('go with their hooks when their days are over, failed hooks too, and not a day earlier', async () => {
    const kept = [await make('hook_inbox', -KEPT_DAYS), await make('hook_runs', -KEPT_DAYS)];
    const [gone] = [await make('hook_inbox', -KEPT_DAYS - 1), await make('hook_entities', -400)];
    await store(-KEPT_DAYS - 1);
    await store(-KEPT_DAYS);
    expect(await storedIn(gone)).toBe(1);
    await retention.keep(KEPT_DAYS);
    expect(await partitions()).toEqual([...whole, ...kept].toSorted());
    expect(await storedIn('hook_inbox')).toBe(1);
    for (const name of kept) await database.owner.query(`DROP TABLE ${name}`);
  });

  it('keep a monthly one of an earlier version until all of its days are over', async () => {
    await database.owner.query(
      `CREATE TABLE hook_inbox_2020_01 PARTITION OF hook_inbox FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-02-01 00:00:00+00')`,
    );
    const [age] = await database.owner.query<{ days: number }[]>(
      `SELECT (now() AT TIME ZONE 'UTC')::date - date '2020-02-01' AS days`,
    );
    await retention.keep((age?.days ?? 0) + 1);
    expect(await partitions()).toContain('hook_inbox_2020_01');
    await retention.keep(age?.days ?? 0);
    expect(await partitions()).toEqual(whole);
  });

  it('that come late keep nobody out: the default one takes the hooks, and gives them up when they are old', async () => {
    const missing = await day('hook_inbox', 0);
    await database.owner.query(`DROP TABLE ${missing}`);
    await store(0);
    await store(-KEPT_DAYS - 2);
    expect(await storedIn('hook_inbox_default')).toBe(2);
    await retention.keep(KEPT_DAYS);
    expect(await partitions()).toEqual(whole.filter((name) => name !== missing));
    expect(await storedIn('hook_inbox_default')).toBe(1);
    await database.owner.query('DELETE FROM hook_inbox_default');
    await retention.keep(KEPT_DAYS);
    expect(await partitions()).toEqual(whole);
  });

  it('wait for no reader, and so does no hook: what cannot be done now is done the next time', async () => {
    const missing = await day('hook_inbox', 7);
    await database.owner.query(`DROP TABLE ${missing}`);
    const { token } = await house.as('admin', () =>
      house.bus.execute(new CreateHookTokenCommand({ name: 'Copy', kind: 'account' })),
    );
    await database.owner.transaction(async (reader) => {
      await reader.query('SELECT count(*) FROM hook_inbox');
      const keeping = retention.keep(KEPT_DAYS);
      const body = Buffer.from('a=1');
      expect(await house.module.get(HookIntake).take({ token, contentType: 'text/plain', body })).toBeDefined();
      await keeping;
      expect(await partitions()).toEqual(whole.filter((name) => name !== missing));
    });
    await retention.keep(KEPT_DAYS);
    expect(await partitions()).toEqual(whole);
  });

  it('are reached through their parents only, by none but the keeper', async () => {
    const name = await day('hook_inbox', 0);
    await expect(database.app.query(`SELECT * FROM ${name}`)).rejects.toMatchObject({ code: '42501' });
    await expect(database.app.query('SELECT sdelka_keep_hook_partitions(1)')).rejects.toMatchObject({ code: '42501' });
  });

  it('take replays along', async () => {
    await database.owner.query(
      `INSERT INTO hook_replays (workspace_id, id, status, from_at, to_at, states, forced, dry_run, total, created_at, touched_at)
       SELECT $1, gen_random_uuid(), s.status, now(), now(), '{}', false, false, 0, now() - s.days * interval '1 day', now()
       FROM (VALUES ('done', 4), ('done', 2), ('running', 4)) AS s (status, days)`,
      [house.workspaceId],
    );
    await retention.keep(KEPT_DAYS);
    expect(await storedIn('hook_replays')).toBe(2);
  });
});
