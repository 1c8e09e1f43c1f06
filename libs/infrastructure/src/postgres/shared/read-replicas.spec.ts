import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { eventually } from '#testing/eventually.js';
import { EmbeddedPostgres } from '../../embedded/embedded-postgres.js';
import { createDataSource } from './data-source.js';
import { PgUnitOfWork } from './pg-unit-of-work.js';
import { ReadReplicas } from './read-replicas.js';
import { currentSession } from './session.js';

const folder = mkdtempSync(join(tmpdir(), 'sdelka-replica-'));
const options = (name: string) => ({
  dataDir: join(folder, name),
  password: 'test',
  outlives: 'orderly-stop' as const,
});

let primary: EmbeddedPostgres | undefined;
let standby: EmbeddedPostgres | undefined;
let [write, look]: DataSource[] = [];
let replicas: ReadReplicas | undefined;
let unitOfWork: PgUnitOfWork;

const poolOf = (url: string) => createDataSource({ url, poolSize: 2, applicationName: 'test' });

beforeAll(async () => {
  // A standby is a copy of a stopped primary that is told where to stream from.
  const first = await EmbeddedPostgres.start(options('primary'));
  await first.stop();
  cpSync(options('primary').dataDir, options('standby').dataDir, { recursive: true });
  // Node 24 copies the folder without its mode, and PostgreSQL insists on it.
  chmodSync(options('standby').dataDir, 0o700);
  primary = await EmbeddedPostgres.start(options('primary'));
  writeFileSync(join(options('standby').dataDir, 'standby.signal'), '');
  writeFileSync(
    join(options('standby').dataDir, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=postgres password=test'\n`,
  );
  standby = await EmbeddedPostgres.start(options('standby'));
  write = await poolOf(primary.url()).initialize();
  look = await poolOf(standby.url()).initialize();
  replicas = new ReadReplicas(write, [poolOf(standby.url())]);
  unitOfWork = new PgUnitOfWork(write, new CurrentContext(), replicas);
  await write.query('CREATE TABLE facts (n integer)');
});
afterAll(async () => {
  await replicas?.close();
  await Promise.all([write?.destroy(), look?.destroy()]);
  await standby?.stop();
  await primary?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** How many facts a query sees, and whether a replica answered. */
const facts = () =>
  unitOfWork.read(async () => {
    const row = await currentSession().first<{ count: number; replica: boolean }>(
      'SELECT count(*)::int AS count, pg_is_in_recovery() AS replica FROM facts',
    );
    return row ?? { count: -1, replica: false };
  });

describe('reading with a replica', () => {
  it('uses it once it has what was just written', async () => {
    await unitOfWork.transact(() => currentSession().affected('INSERT INTO facts VALUES (1)'));
    // However fast the replica is, what was written is seen; and it is the replica that shows it in the end.
    expect((await facts()).count).toBe(1);
    expect(await eventually(async () => (await facts()).replica)).toBe(true);
  });

  it('reads from the primary while the replica lags', async () => {
    await look?.query('SELECT pg_wal_replay_pause()');
    await unitOfWork.transact(() => currentSession().affected('INSERT INTO facts VALUES (2)'));
    expect(await facts()).toEqual({ count: 2, replica: false });
    await look?.query('SELECT pg_wal_replay_resume()');
    expect(await eventually(async () => (await facts()).replica)).toBe(true);
  });

  it('never writes there', async () => {
    await expect(unitOfWork.read(() => currentSession().affected('INSERT INTO facts VALUES (3)'))).rejects.toThrow(
      /read-only/,
    );
  });

  it('reads from the primary when the replica is gone', async () => {
    await look?.destroy();
    await standby?.stop();
    expect(await facts()).toEqual({ count: 2, replica: false });
    standby = await EmbeddedPostgres.start({ ...options('standby'), port: standby?.port });
    look = await poolOf(standby.url()).initialize();
    expect(await eventually(async () => (await facts()).replica, { withinMs: 15_000 })).toBe(true);
  });
});
