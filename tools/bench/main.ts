import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Api } from '../demo/api.js';
import { type Counters, Sandbox } from '../demo/sandbox.js';
import { type Standalone, startStandalone } from '../demo/standalone.js';
import { NaiveCopy } from './naive-copy.js';
import { comparison, endpointTable, type Measured } from './table.js';

const SIZES = [1, 50, 1_000] as const;
const NAIVE_SAMPLE = 5;
const QUIET_MS = 1_500;
// amoCRM's limit for one integration and account.
const RATE = 7;
/** The most requests that copying this many deals may take; a test of counts, never of times. */
const BUDGET = { deals: 1_000, requests: 110 } as const;
// The sandbox deals out notes of these types; all three of a deal are to be copied.
const NOTE_TYPES = ['common', 'call_in', 'service_message'] as const;
const SHAPE = { contacts: 1, company: true, tags: 2, fields: true, tasks: 3, notes: 3, products: 2 } as const;

interface Round extends Measured {
  readonly counters: Counters;
}

const makeDeals = async (sandbox: Sandbox, count: number): Promise<readonly number[]> =>
  (await sandbox.control<{ ids: number[] }>('POST', 'deals', { count, ...SHAPE })).ids;

const measureOurs = async (api: Api, sandbox: Sandbox, deals: number): Promise<Round> => {
  const sourceIds = await makeDeals(sandbox, deals);
  await sandbox.resetCounters();
  const startedAt = performance.now();
  const { id } = await api.post<{ id: string }>('/api/v1/deals/copies', { sourceIds, options: { notes: NOTE_TYPES } });
  const { status, progress } = await api.follow(id, () => undefined);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (status !== 'succeeded')
    throw new Error(`Copying ${deals} deals ended as ${status}: ${progress.done} done, ${progress.failed} failed`);
  const counters = await sandbox.counters();
  return { deals, requests: counters.total, seconds, counters };
};

const measureNaive = async (sandbox: Sandbox): Promise<Measured> => {
  const sourceIds = await makeDeals(sandbox, NAIVE_SAMPLE);
  const fields = await sandbox.dump('fields');
  const computed = new Set(fields.filter(({ is_computed: isComputed }) => isComputed === true).map(({ id }) => id));
  const naive = new NaiveCopy(sandbox.baseUrl, await sandbox.token(), RATE, computed);
  // Our own last requests count for amoCRM's current second too.
  await delay(QUIET_MS);
  const startedAt = performance.now();
  for (const id of sourceIds) await naive.copy(id);
  return { deals: NAIVE_SAMPLE, requests: naive.requests, seconds: (performance.now() - startedAt) / 1_000 };
};

const measure = async (product: Standalone, signal: AbortSignal): Promise<boolean> => {
  const api = new Api(product.apiUrl, signal);
  const sandbox = new Sandbox(product.sandboxUrl, signal);
  await api.signIn(product.administrator.email, product.administrator.password);
  const rounds: Round[] = [];
  for (const deals of SIZES) rounds.push(await measureOurs(api, sandbox, deals));
  const sample = await measureNaive(sandbox);
  report(rounds, sample);
  const largest = rounds.find(({ deals }) => deals === BUDGET.deals);
  return largest !== undefined && largest.requests <= BUDGET.requests;
};

const report = (rounds: readonly Round[], sample: Measured): void => {
  const [{ model = 'unknown processor' } = {}] = cpus();
  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${model.trim()}; embedded mode, amoCRM sandbox on the same machine.\n`,
  );
  console.log(comparison(rounds, sample, RATE));
  console.log(
    `\nNaive: ${sample.deals} deals were copied (${sample.requests} requests, ${sample.seconds.toFixed(1)} s); the figures for other numbers are carried over from them.`,
  );
  const largest = rounds.at(-1);
  if (!largest) return;
  console.log(
    `\nRequests of the largest round (${largest.deals} deals), refused with 429: ${largest.counters.refused429}:\n`,
  );
  console.log(endpointTable(largest.counters.byEndpoint));
};

/** Answers the exit code: 1 when the budget of requests is broken, or when nothing could be measured. */
const bench = async (): Promise<number> => {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interrupted.abort(new Error('interrupted')));
  let product: Standalone | undefined;
  try {
    product = await startStandalone(interrupted.signal);
    const withinBudget = await Promise.race([measure(product, interrupted.signal), product.crashed]);
    if (!withinBudget) console.error(`\nMore than ${BUDGET.requests} requests for ${BUDGET.deals} deals`);
    return withinBudget ? 0 : 1;
  } catch (error) {
    console.error(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await product?.stop();
  }
};

process.exit(await bench());
