import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { OUTBOX_FEED, type OutboxFeed } from '#application/shared/ports/outbox-feed.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

const RETENTION_MONTHS = 36;

let database: TestDatabase;
let house: BusHouse;
let feed: OutboxFeed;
beforeAll(async () => {
  database = await testDatabase();
  house = await busHouse(database);
  feed = house.module.get(OUTBOX_FEED);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

const partitions = async (): Promise<readonly string[]> => {
  const rows = await database.owner.query<{ name: string }[]>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit_log'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};
/** Name of the partition so many months from now, by the database's clock. */
const monthly = async (...months: number[]): Promise<readonly string[]> => {
  const rows = await database.owner.query<{ name: string }[]>(
    `SELECT 'audit_log_' || to_char(date_trunc('month', now()) + make_interval(months => m), 'YYYY_MM') AS name
     FROM unnest($1::int[]) AS m`,
    [months],
  );
  return rows.map(({ name }) => name);
};
const make = (months: number) =>
  database.owner
    .query(`DO $$ DECLARE first date := (date_trunc('month', now()) + make_interval(months => ${months}))::date; BEGIN
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_log FOR VALUES FROM (%L) TO (%L)',
      'audit_log_' || to_char(first, 'YYYY_MM'), first, (first + interval '1 month')::date); END $$`);
const drop = async (...months: number[]) => {
  for (const name of await monthly(...months)) await database.owner.query(`DROP TABLE ${name}`);
};

describe('the monthly partitions', () => {
  let whole: readonly string[];
  beforeEach(async () => {
    whole = ['audit_log_default', ...(await monthly(0, 1, 2, 3))].sort();
  });

  it('are there from the beginning, for this month and the next three', async () => {
    expect(await partitions()).toEqual(whole);
  });

  it('are made by the daily round when they are missing', async () => {
    await drop(2, 3);
    await feed.ensurePartitions();
    expect(await partitions()).toEqual(whole);
    await feed.ensurePartitions();
    expect(await partitions()).toEqual(whole);
  });

  it('go when their retention is over, and not a month earlier', async () => {
    await make(-RETENTION_MONTHS);
    await make(-RETENTION_MONTHS - 1);
    await feed.ensurePartitions();
    expect(await partitions()).toEqual([...whole, ...(await monthly(-RETENTION_MONTHS))].sort());
    await drop(-RETENTION_MONTHS);
  });

  it('may be looked after by several processes at once', async () => {
    await drop(1, 2, 3);
    await make(-RETENTION_MONTHS - 1);
    // All of them have found the partitions missing, or wait for who has, before any can make one.
    const rounds = await database.owner.transaction(async (manager) => {
      await manager.query('LOCK TABLE audit_log');
      const begun = Array.from({ length: 4 }, () => feed.ensurePartitions());
      await eventually(async () => {
        const [row] = await database.owner.query<{ waiting: number }[]>(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return row?.waiting === 4;
      });
      return begun;
    });
    await Promise.all(rounds);
    expect(await partitions()).toEqual(whole);
  });

  it('of other months are made even when one cannot be: its rows are in the default partition already', async () => {
    await drop(1, 2);
    await database.owner.query(
      `INSERT INTO audit_log (workspace_id, at, id, command, actor_kind, entity_type, entity_id, correlation_id)
       VALUES ($1, date_trunc('month', now()) + interval '1 month', $2, 'Test', 'system', 'test', '1', 'test')`,
      [house.workspaceId, v7()],
    );
    await feed.ensurePartitions();
    const [blocked] = await monthly(1);
    expect(await partitions()).toEqual(whole.filter((name) => name !== blocked));
    await database.owner.query('DELETE FROM audit_log_default');
    await feed.ensurePartitions();
    expect(await partitions()).toEqual(whole);
  });

  it('take the rows of their month, which the application reaches through the parent only', async () => {
    await database.owner.query(
      `INSERT INTO audit_log (workspace_id, id, command, actor_kind, entity_type, entity_id, correlation_id)
       VALUES ($1, $2, 'Test', 'system', 'test', '1', 'test')`,
      [house.workspaceId, v7()],
    );
    const [month] = await monthly(0);
    const [row] = await database.owner.query<{ name: string }[]>(
      'SELECT tableoid::regclass::text AS name FROM audit_log',
    );
    expect(row?.name).toBe(month);
    await expect(database.app.query(`SELECT * FROM ${month}`)).rejects.toMatchObject({ code: '42501' });
  });
});
