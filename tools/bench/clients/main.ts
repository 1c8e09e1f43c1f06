import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { EmbeddedPostgres } from '#infrastructure/embedded/embedded-postgres.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';
import { fillClients } from '#testing/clients/fill-clients.js';
import { idOfMany } from '#testing/clients/many-clients.js';
import { freePort } from '#testing/product/free-port.js';
import { type Answers, ask, type Question } from './load.js';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '3' },
    // Until V8 has compiled what is hot: a server that has just started answers at a third of its rate.
    warm: { type: 'string', default: '12' },
    profile: { type: 'string' },
  },
});
const [MANY, seconds, warm] = [Number(values.clients), Number(values.seconds), Number(values.warm)];
const ADMIN = { email: 'bench@example.com', password: 'a password of the benchmark' };
const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'sdelka-bench-clients-'));
const children: ChildProcess[] = [];

const start = async (
  script: string,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<{ origin: string; pid: number }> => {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, join(root, script)], {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  const origin = `http://127.0.0.1:${port}`;
  for (let look = 0; look < 600; look++) {
    const answer = await fetch(`${origin}/health/live`).catch(() => null);
    if (answer) return { origin, pid: child.pid ?? 0 };
    await delay(100);
  }
  throw new Error(`${script} did not start`);
};

const some = () => idOfMany(1 + Math.floor(Math.random() * MANY));
let made = 0;
const newClient = () => ({
  name: `Проверкин Пётр ${++made}`,
  phones: [{ value: `+7900${String(made).padStart(7, '0')}` }],
});
const get = (path: () => string): Question => ({ method: 'GET', path });
const search = (q: string, sort = '-created') =>
  get(() => `/api/v1/clients?limit=50&sort=${sort}&q=${encodeURIComponent(q)}`);

/** Questions that the floor answers, too: its path is ours without the version. */
const SHARED: Readonly<Record<string, Question>> = {
  'list of 50': get(() => '/api/v1/clients?limit=50'),
  'one client': get(() => `/api/v1/clients/${some()}`),
  'add a client': { method: 'POST', path: () => '/api/v1/clients', body: newClient },
};
const OURS: Readonly<Record<string, Question>> = {
  'by name': get(() => '/api/v1/clients?limit=50&sort=name'),
  'by tag': get(() => '/api/v1/clients?limit=50&tag=vip'),
  'by tag and name': get(() => '/api/v1/clients?limit=50&tag=vip&sort=name'),
  'search: two words': search('кузнецова мар'),
  'search: two words, by name': search('кузнецова мар', 'name'),
  'search: a surname': search('кузнецов'),
  'search: a surname, by name': search('кузнецов', 'name'),
  'search: a company': search('ромашка'),
  'search: a company, by name': search('ромашка', 'name'),
  'search: a common fragment': search('ова'),
  'search: a common fragment, by name': search('ова', 'name'),
  'search: a phone': search('8 912 345'),
  'search: an e-mail': search('client77'),
  'search: nothing found': search('щукин вениамин'),
  'search: two letters': search('ку'),
  duplicates: {
    method: 'POST',
    path: () => '/api/v1/clients/duplicates',
    body: () => ({ name: 'Кузнецова Мария', phones: ['8 912 345-67-89'], emails: ['client77@example.org'] }),
  },
};

const row = (name: string, { perSecond, p50Ms, p95Ms, cpuUs }: Answers, floor?: Answers): string =>
  `| ${[
    name,
    perSecond.toFixed(0),
    p50Ms.toFixed(1),
    p95Ms.toFixed(1),
    cpuUs.toFixed(0),
    floor ? (perSecond / floor.perSecond).toFixed(2) : '',
    floor ? (floor.cpuUs / cpuUs).toFixed(2) : '',
  ].join(' | ')} |`;

const server = await EmbeddedPostgres.start({
  dataDir: join(folder, 'postgres'),
  password: 'bench',
  outlives: 'orderly-stop',
});
try {
  const owner = new pg.Client({ connectionString: server.url() });
  await owner.connect();
  await owner.query('CREATE DATABASE sdelka');
  await migrate(server.url('sdelka'));
  await runQueueMigrations(server.url('sdelka'));
  await owner.query(`CREATE ROLE sdelka_login LOGIN PASSWORD 'bench'`);
  await owner.query('GRANT sdelka_app, sdelka_system TO sdelka_login');
  await owner.end();
  // A profile of our server's CPU for --profile <folder>, written when it stops.
  const flags = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
  const env = {
    DATABASE_URL: server.url('sdelka').replace('postgres://postgres:', 'postgres://sdelka_login:'),
    DATABASE_MIGRATION_URL: server.url('sdelka'),
    SDELKA_SECRET_KEY: 'a secret key of the benchmark, long enough',
    SDELKA_ADMIN_EMAIL: ADMIN.email,
    SDELKA_ADMIN_PASSWORD: ADMIN.password,
    LOG_LEVEL: 'error',
  };
  const ours = await start('apps/api/src/main.js', env, flags);
  const login = await fetch(`${ours.origin}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  const { accessToken } = (await login.json()) as { accessToken: string };
  const me = await fetch(`${ours.origin}/api/v1/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  const { workspaceId } = (await me.json()) as { workspaceId: string };
  process.stderr.write(`Filling ${MANY} clients …\n`);
  await fillClients(server.url('sdelka'), workspaceId, 1, MANY + 1);

  const key = randomBytes(32).toString('hex');
  const floorToken = `bench.token.${createHmac('sha256', key).update('bench.token').digest('base64url')}`;
  const floor = await start('tools/bench/clients/floor.js', {
    DATABASE_URL: server.url('sdelka'),
    FLOOR_KEY: key,
    FLOOR_WORKSPACE: workspaceId,
  });
  const load = { seconds, connections: 32 };
  process.stdout.write('| | req/s | p50 ms | p95 ms | CPU µs/req | × floor, req/s | × floor, CPU |\n');
  process.stdout.write('| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n');
  const askOurs = async (state: string): Promise<void> => {
    for (const [name, question] of Object.entries(OURS)) {
      const answers = await ask(ours.origin, ours.pid, accessToken, question, { seconds, connections: 1 });
      process.stdout.write(`${row(`${name}, ${state}`, answers)}\n`);
    }
  };
  await askOurs('one at a time');
  for (const [name, question] of Object.entries(SHARED)) {
    const bare = { ...question, path: () => question.path().replace('/api/v1', '') };
    await ask(ours.origin, ours.pid, accessToken, question, { ...load, seconds: warm });
    await ask(floor.origin, floor.pid, floorToken, bare, { ...load, seconds: warm });
    const theirs = await ask(floor.origin, floor.pid, floorToken, bare, load);
    process.stdout.write(`${row(`${name}, floor`, theirs)}\n`);
    process.stdout.write(`${row(name, await ask(ours.origin, ours.pid, accessToken, question, load), theirs)}\n`);
  }
  // The newest are now tens of thousands that are alike, as after an import.
  await askOurs('behind those that were added');
} finally {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
