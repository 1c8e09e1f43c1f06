import { rmSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { Argon2PasswordHasher } from '#infrastructure/crypto/argon2-password-hasher.js';
import { Product } from '#testing/product/product.js';
import { runFolder } from '#testing/product/run-folder.js';
import { measureCalls, measureClosed, measureRate, type Row } from './measure.js';
import { type FloorServer, pinToOneCore, startFloor } from './processes.js';
import { subjectsOf } from './subjects.js';
import { ratios, rowsTable } from './tables.js';

const SECONDS = 5;
const CLIENTS = 64;
/** What the intake is to bear on one core. */
const HOOK_RATE = 2_000;
const LOGINS_AT_ONCE = 4;
const UNLIMITED = { HOOKS_PER_SECOND: '100000', LOG_LEVEL: 'warn' };

const measure = async (product: Product, floor: FloorServer): Promise<readonly Row[]> => {
  const subject = await subjectsOf(product, floor);
  // What is stored and ordered now is not carried out: the routes are measured, not the worker.
  await product.kill('worker-1');
  const hasher = new Argon2PasswordHasher();
  const stored = await hasher.hash(product.administrator.password);
  const verify = () => hasher.verify(product.administrator.password, stored);
  const steps: readonly (() => Promise<Row>)[] = [
    () => measureClosed(subject.floor.hook, CLIENTS, SECONDS),
    () => measureClosed(subject.floor.insert, CLIENTS, SECONDS),
    () => measureClosed(subject.hooks, CLIENTS, SECONDS),
    () => measureRate(subject.hooks, HOOK_RATE, SECONDS * 2),
    () => measureClosed(subject.guesses, CLIENTS, SECONDS),
    () => measureCalls('floor: argon2id alone', verify, LOGINS_AT_ONCE, SECONDS),
    () => measureClosed(subject.login, LOGINS_AT_ONCE, SECONDS),
    () => measureRate(subject.login, 10, SECONDS),
    () => measureClosed(subject.copy, 16, SECONDS),
    () => measureRate(subject.copy, 50, SECONDS),
    () => measureClosed(subject.floor.status, 16, SECONDS),
    () => measureClosed(subject.status, 16, SECONDS),
    () => measureRate(subject.status, 300, SECONDS),
  ];
  const rows: Row[] = [];
  for (const step of steps) {
    rows.push(await step());
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return rows;
};

const report = (rows: readonly Row[], isPinned: boolean): void => {
  const [{ model = 'unknown processor' } = {}] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  const core = isPinned ? 'API and floor pinned to one core each run' : 'not pinned';
  console.log(
    `Measured on ${date}, Node ${process.versions.node}, Linux ${release()}, ${cpus().length} × ${model.trim()}; ${core}; ` +
      'clients and PostgreSQL on the same machine.\n',
  );
  console.log(rowsTable(rows));
  console.log(`\n${ratios(rows)}`);
};

/** Answers the exit code: 1 when something could not be measured. */
const bench = async (): Promise<number> => {
  let product: Product | undefined;
  let floor: FloorServer | undefined;
  try {
    product = await Product.start({ mode: 'postgres', name: 'bench-http', env: UNLIMITED });
    floor = await startFloor(product.postgres.ownerUrl);
    const isPinned = [product.child('api').pid ?? 0, floor.pid].map(pinToOneCore).every(Boolean);
    const rows = await measure(product, floor);
    report(rows, isPinned);
    const broken = rows.filter(({ answers, bad }) => bad > answers / 1_000);
    for (const { name, load, bad } of broken) console.error(`${name}, ${load}: ${bad} bad answers`);
    return broken.length > 0 ? 1 : 0;
  } catch (error) {
    console.error(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await floor?.stop();
    await product?.stop();
    rmSync(runFolder, { recursive: true, force: true });
  }
};

process.exit(await bench());
