import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { migrations } from '#migrations/index.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';
import { compileBus } from '#testing/bus/bus-house.js';
import { SAMPLE_HANDLERS } from '#testing/bus/sample-messages.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { createDataSource } from './data-source.js';
import { assertDatabaseIsFit } from './fitness.js';
import { migrate, pendingMigrations } from './migrate.js';

const NAMES = migrations.map((type) => new type().name);
const LAST = NAMES.at(-1)!;

/** A database with nothing in it, and a pool on it as its owner. */
const emptyDatabase = async (owner: DataSource, ownerUrl: string) => {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await owner.query(`CREATE DATABASE ${name}`);
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  const pool = await createDataSource({ url: url.href, poolSize: 1, applicationName: 'test' }).initialize();
  return {
    url: url.href,
    pool,
    drop: async () => {
      await pool.destroy();
      await owner.query(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('migrate', () => {
  it('brings an empty database to the newest version, once, however many processes try', async () => {
    const { url, pool, drop } = await emptyDatabase(database.owner, database.ownerUrl);
    try {
      expect(await pendingMigrations(pool)).toEqual(NAMES);
      const runs = await Promise.all([migrate(url), migrate(url), migrate(url)]);
      expect(runs.map(({ length }) => length).sort()).toEqual([0, 0, NAMES.length]);
      expect(runs.find(({ length }) => length > 0)).toEqual(NAMES);
      expect(await pendingMigrations(pool)).toEqual([]);
      expect(await migrate(url)).toEqual([]);
      await Promise.all([runQueueMigrations(url), runQueueMigrations(url)]);
      const [queue] = await pool.query<{ found: string | null }[]>(`SELECT to_regnamespace('bullmq') AS found`);
      expect(queue?.found).toBe('bullmq');
    } finally {
      await drop();
    }
  });
});

describe('a database behind the code', () => {
  const forget = () => database.owner.query('DELETE FROM migrations WHERE name = $1', [LAST]);
  const remember = () =>
    database.owner.query('INSERT INTO migrations (timestamp, name) VALUES ($1, $2)', [LAST.slice(-13), LAST]);

  it('is told from one that is not', async () => {
    expect(await pendingMigrations(database.app)).toEqual([]);
    await expect(assertDatabaseIsFit(database.app)).resolves.toBeUndefined();
    await forget();
    expect(await pendingMigrations(database.app)).toEqual([LAST]);
    await expect(assertDatabaseIsFit(database.app)).rejects.toThrow('1 migrations behind: run "npm run migrate"');
    await remember();
  });

  it('stops the start of a process', async () => {
    const start = async () => {
      const module = await compileBus(database, SAMPLE_HANDLERS);
      await module.init().finally(() => module.close());
    };
    await forget();
    await expect(start()).rejects.toThrow('1 migrations behind');
    await remember();
    await expect(start()).resolves.toBeUndefined();
  });
});

describe('a role that row-level security does not bind', () => {
  it('is not worked with', async () => {
    await expect(assertDatabaseIsFit(database.owner)).rejects.toThrow(
      'The database role postgres would bypass row-level security',
    );
  });

  it('is not what a login becomes, even when it could do more', async () => {
    const pool = createDataSource({ url: database.ownerUrl, poolSize: 1, role: 'sdelka_app', applicationName: 'test' });
    await pool.initialize();
    try {
      await expect(assertDatabaseIsFit(pool)).resolves.toBeUndefined();
    } finally {
      await pool.destroy();
    }
  });
});
