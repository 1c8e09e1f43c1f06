import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '#testing/eventually.js';
import { EmbeddedPostgres } from './embedded-postgres.js';

let folder: string;
let dataDir: string;
const servers: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sdelka-embedded-'));
  dataDir = join(folder, 'postgres');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (): Promise<EmbeddedPostgres> => {
  const server = await EmbeddedPostgres.start({ dataDir, password: 'test' });
  servers.push(server);
  return server;
};
const query = async (server: EmbeddedPostgres, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: server.url() });
  // Cut connections are what these tests are about.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
};
const remember = (server: EmbeddedPostgres) =>
  query(server, `CREATE TABLE kept AS SELECT 'all of it' AS what; SELECT pg_switch_wal()`);
const remembered = (server: EmbeddedPostgres) => query(server, 'SELECT what FROM kept');
const backendOf = async (server: EmbeddedPostgres): Promise<number | undefined> => {
  const rows = await query(
    server,
    `SELECT pid FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 4%' AND pid <> pg_backend_pid()`,
  );
  return (rows as { pid: number }[])[0]?.pid;
};
/** Nobody may have collected a dead one yet; it has no command line any more. */
const runs = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
const KEPT = [{ what: 'all of it' }];
const child = (command: string, ...args: string[]): ChildProcess => {
  const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(started);
  return started;
};

describe('EmbeddedPostgres', () => {
  it('keeps its data when it is stopped, and when it is killed', async () => {
    const first = await start();
    await remember(first);
    await first.stop();
    await first.stop();

    const second = await start();
    expect(await remembered(second)).toEqual(KEPT);
    await query(second, `INSERT INTO kept VALUES ('the rest')`);
    process.kill(second.pid, 'SIGKILL');
    await second.exited;

    const third = await start();
    expect(await remembered(third)).toEqual([...KEPT, { what: 'the rest' }]);
  });

  it('lets nobody in without the password, and only its owner into its folder', async () => {
    const server = await start();
    const stranger = new pg.Client({ connectionString: server.url().replace(':test@', ':guess@') });
    await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['postgres']);
  });

  it('starts over the lock of a dead server whose pid belongs to another program by now', async () => {
    const first = await start();
    await remember(first);
    const lock = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const foreign = child('sleep', '1000');
    writeFileSync(join(dataDir, 'postmaster.pid'), lock.replace(String(first.pid), String(foreign.pid)));

    expect(await remembered(await start())).toEqual(KEPT);
    expect(foreign.exitCode ?? foreign.signalCode).toBeNull();
  });

  it('ends what is left of a killed server, and begins only then', async () => {
    const first = await start();
    await remember(first);
    // It computes, and so does not notice the end of its parent.
    const busy = query(first, 'SELECT count(*) FROM generate_series(1, 4000000000)').catch((error: Error) => error);
    const backend = await eventually(() => backendOf(first));
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    expect(runs(backend)).toBe(true);

    const second = await start();
    expect(runs(backend)).toBe(false);
    expect(await remembered(second)).toEqual(KEPT);
    expect(await busy).toBeInstanceOf(Error);
  });

  it('stops a server of its own that outlived the process it belonged to', async () => {
    const orphan = await start();
    await remember(orphan);
    const heir = await start();
    await orphan.exited;
    expect(await remembered(heir)).toEqual(KEPT);
  });

  it('begins anew in a folder that never became a cluster', async () => {
    mkdirSync(join(dataDir, 'global'), { recursive: true });
    writeFileSync(join(dataDir, 'global/pg_control'), '');
    expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('begins anew when its first start was killed while it made the cluster', async () => {
    const module = new URL('./embedded-postgres.js', import.meta.url).href;
    const program = `const { EmbeddedPostgres } = await import(${JSON.stringify(module)});
      await EmbeddedPostgres.start({ dataDir: ${JSON.stringify(dataDir)}, password: 'test' });`;
    const doomed = child(process.execPath, '--input-type=module', '-e', program);
    // initdb writes this file first of all.
    await eventually(() => readdirSync(folder).some((name) => existsSync(join(folder, name, 'PG_VERSION'))), {
      everyMs: 5,
    });
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');

    expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(folder)).toEqual(['postgres']);
  });

  it('says why it cannot start', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    dataDir = join(file, 'postgres');
    await expect(start()).rejects.toThrow(/ENOTDIR|EEXIST|could not be set up/);
  });
});
