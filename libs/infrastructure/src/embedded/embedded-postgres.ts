import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js';
import { choosePostgresUser, endsWithParent, type RunAs } from './run-as.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the cluster; made when it is missing. */
  readonly dataDir: string;
  /** Password of the superuser `postgres`, kept by the caller. */
  readonly password: string;
  /** TCP port on loopback; 0 = any free one. */
  readonly port?: number;
  /** What committed data outlives; the less, the faster. Anything but a power loss is for tests. */
  readonly outlives?: Survival;
}

/** The end of the machine, that of the server's processes, or an orderly stop only. */
export type Survival = 'power-loss' | 'process-death' | 'orderly-stop';

const SETTINGS_FOR: Readonly<Record<Survival, readonly string[]>> = {
  'power-loss': [],
  // What has been written lives in the kernel, which does not die with us. An early answer to COMMIT would.
  'process-death': ['fsync=off'],
  'orderly-stop': ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
};

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const MAX_STARTS = 5;
const RESTART_PAUSE_MS = 300;
const UNFINISHED = '.new-';
// The greatest pid of Linux is 2^22.
const NOBODYS_PID = String(2 ** 31 - 1);

/** A PostgreSQL 18 of our own on loopback, its data in one folder. Recovers by itself after any kind of death. */
export class EmbeddedPostgres {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    private readonly password: string,
  ) {}

  static async start({
    dataDir,
    password,
    port = 0,
    outlives = 'power-loss',
  }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const binaries = postgresBinaries();
    const user = choosePostgresUser();
    if (!existsSync(join(dataDir, 'PG_VERSION'))) initialise(binaries, user, dataDir, password);
    await endPredecessor(dataDir);
    for (let attempt = 1; ; attempt++) {
      const chosenPort = port === 0 ? await freePort() : port;
      const child = launch(binaries, user, dataDir, chosenPort, outlives);
      try {
        await ready(child);
        return new EmbeddedPostgres(child, chosenPort, password);
      } catch (error) {
        // The children of a killed server may hold its memory for a moment longer.
        if (attempt === MAX_STARTS) throw error;
        await delay(RESTART_PAUSE_MS);
      }
    }
  }

  /** Address of a database for the superuser. */
  url(database = 'postgres'): string {
    return `postgres://postgres:${this.password}@127.0.0.1:${this.port}/${database}`;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Resolves when the server has ended, however that came about. */
  get exited(): Promise<void> {
    return ended(this.process);
  }

  /** Fast shutdown: open transactions are rolled back, everything committed stays. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const end = ended(this.process);
    this.process.kill('SIGINT');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await end;
    clearTimeout(timer);
  }
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/**
 * Make a cluster. It is made beside its place and moved there when it is whole: a start that dies in the middle leaves
 * nothing that the next one could take for a cluster.
 */
const initialise = (binaries: PostgresBinaries, user: RunAs, dataDir: string, password: string): void => {
  removeUnfinished(dataDir);
  const fresh = mkdtempSync(`${dataDir}${UNFINISHED}`);
  const passwordFile = `${fresh}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(fresh, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const [command, ...words] = [...user.prefix, ...endsWithParent(), binaries.initdb, '-D', fresh, '-U', 'postgres'];
  // Cyrillic needs UTF-8 for ILIKE and pg_trgm; C.UTF-8 is the same on every machine.
  const flags = [
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  const { status, stderr } = spawnSync(command!, [...words, ...flags], {
    encoding: 'utf8',
    cwd: '/',
    uid: user.uid,
    gid: user.gid,
  });
  rmSync(passwordFile, { force: true });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    throw new Error(`The embedded PostgreSQL could not be set up in ${dataDir}: ${reason}`);
  }
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(fresh, dataDir);
  // Again: an initdb that was dying when we began may have written once more behind the first broom.
  removeUnfinished(dataDir);
};

/** What starts left behind that died while they made the cluster. */
const removeUnfinished = (dataDir: string): void => {
  const parent = dirname(dataDir);
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${basename(dataDir)}${UNFINISHED}`))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
};

const launch = (
  binaries: PostgresBinaries,
  user: RunAs,
  dataDir: string,
  port: number,
  outlives: Survival,
): ChildProcess => {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=120',
    'shared_buffers=64MB',
    'log_min_messages=fatal',
    'log_destination=stderr',
    ...SETTINGS_FOR[outlives],
  ];
  const [command, ...words] = [
    ...user.prefix,
    ...endsWithParent(),
    binaries.postgres,
    '-D',
    dataDir,
    '-p',
    String(port),
  ];
  return spawn(command!, [...words, ...settings.flatMap((setting) => ['-c', setting])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own group: Ctrl-C reaches us, and we stop it in order.
    detached: true,
    cwd: '/',
    uid: user.uid,
    gid: user.gid,
  });
};

const ready = async (child: ChildProcess): Promise<void> => {
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4_000)));
  const deadline = Date.now() + START_TIMEOUT_MS;
  // With fatal-only logging Postgres prints nothing when it is ready; its status file does.
  const statusFile = join(child.spawnargs[child.spawnargs.indexOf('-D') + 1] ?? '', 'postmaster.pid');
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `The embedded PostgreSQL did not start: ${output.trim().split('\n').at(-1) ?? 'no reason given'}`,
      );
    }
    const [pid, , , , , , , status] = readLines(statusFile);
    if (Number(pid) === child.pid && (status?.trim() === 'ready' || status?.trim() === 'standby')) return;
    await delay(20);
  }
  child.kill('SIGKILL');
  throw new Error('The embedded PostgreSQL did not become ready in a minute');
};

/**
 * After a `kill -9` of the whole product PostgreSQL may still run; after one of its main process alone, its children may
 * still write; and its lock file may name a pid that now belongs to somebody else. Stop the first two. The file itself
 * stays: by the memory block that it names, the next server sees whether a child of the old one is left.
 */
const endPredecessor = async (dataDir: string): Promise<void> => {
  const lockFile = join(dataDir, 'postmaster.pid');
  const [first, ...rest] = readLines(lockFile);
  const pid = Number(first);
  if (Number.isInteger(pid) && pid > 1) {
    const command = readText(`/proc/${pid}/cmdline`);
    if (command.split('\0').includes(dataDir)) await end(pid, 'SIGINT');
    else if (command !== '') writeFileSync(lockFile, [NOBODYS_PID, ...rest].join('\n'));
  }
  await Promise.all(childrenOf(dataDir).map((child) => end(child, 'SIGQUIT')));
};

const end = async (pid: number, signal: NodeJS.Signals): Promise<void> => {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  for (let next = signal; send(pid, next); next = Date.now() > deadline ? 'SIGKILL' : signal) {
    if (readText(`/proc/${pid}/cmdline`) === '') return;
    await delay(50);
  }
};

const send = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal);
  } catch {
    // Gone already: what was wanted.
    return false;
  }
};

/** Processes of a server on this folder, by their titles and the folder that they work in. */
const childrenOf = (dataDir: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(
      (pid) => readText(`/proc/${pid}/cmdline`).startsWith('postgres: ') && folderOf(pid) === realpathSync(dataDir),
    );

const folderOf = (pid: number): string => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // It has ended meanwhile, or is not ours to look at, and then not our child.
    return '';
  }
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A file or process that is gone is an answer, too: nothing is there.
    return '';
  }
};
const readLines = (path: string): readonly string[] => readText(path).split('\n');

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
