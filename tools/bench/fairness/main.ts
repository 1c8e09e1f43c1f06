import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProductMode } from '#testing/product/product.js';
import { type House, startHouse, type Tenant } from './house.js';
import { type Latencies, latencyTable } from './latency-table.js';
import { hasRedisServer } from './redis-is-there.js';

const { values } = parseArgs({
  options: {
    deals: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '12' },
    mode: { type: 'string' },
  },
});
const DEALS = Number(values.deals);
const ROUNDS = Number(values.rounds);
/** Orders that the bulk comes in: more chunks than all workers have hands. */
const ORDERS = 4;
const FEW = 50;
const LOOK_EVERY_MS = 25;
const BULK_WITHIN_MS = 3_600_000;
// amoCRM's limit for one integration and account.
const RATE = 7;
const modes = (['postgres', 'redis'] as const).filter(
  (mode) => (values.mode ?? mode) === mode && (mode === 'postgres' || hasRedisServer),
);

/** Seconds from the order to the end of one copy. */
const timed = async ({ api }: Tenant, sourceIds: readonly number[]): Promise<number> => {
  const startedAt = performance.now();
  const { id } = await api.copy(sourceIds);
  for (;;) {
    const { status } = await api.operation(id);
    if (status === 'succeeded') return (performance.now() - startedAt) / 1_000;
    if (status !== 'queued' && status !== 'running') throw new Error(`A copy ended as ${status}`);
    await delay(LOOK_EVERY_MS);
  }
};

interface Sample {
  readonly a: number[];
  readonly b: number[];
  readonly few: number[];
}

/** Persons in both accounts, one after another, and now and then a copy of a few deals in B, which is bulk too. */
const sample = async ({ a, b }: House, isOver: () => boolean): Promise<Sample> => {
  const found: Sample = { a: [], b: [], few: [] };
  for (let round = 0; round < ROUNDS && !isOver(); round++) {
    found.a.push(await timed(a, await a.makeDeals(1)));
    found.b.push(await timed(b, await b.makeDeals(1)));
    if (round % 4 === 0) found.few.push(await timed(b, await b.makeDeals(FEW)));
  }
  return found;
};

/** Seconds that the bulk took. */
const bulk = async ({ a }: House): Promise<number> => {
  const orders = await Promise.all(Array.from({ length: ORDERS }, async () => a.makeDeals(Math.ceil(DEALS / ORDERS))));
  const startedAt = performance.now();
  const accepted = await Promise.all(orders.map((ids) => a.api.copy(ids)));
  const ended = await Promise.all(accepted.map(({ id }) => a.api.finished(id, BULK_WITHIN_MS)));
  const failed = ended.filter(({ status }) => status !== 'succeeded');
  if (failed.length > 0) throw new Error(`The bulk ended as ${failed.map(({ status }) => status).join(', ')}`);
  return (performance.now() - startedAt) / 1_000;
};

const measure = async (mode: ProductMode): Promise<readonly Latencies[]> => {
  const house = await startHouse(mode);
  try {
    // The first copies warm up connections and code.
    await Promise.all([house.a, house.b].map(async (tenant) => timed(tenant, await tenant.makeDeals(1))));
    const alone = await sample(house, () => false);
    await house.product.sandbox.resetCounters();
    let over = false;
    const work = bulk(house).finally(() => (over = true));
    const [seconds, beside] = await Promise.all([work, sample(house, () => over)]);
    const { total, refused429 } = await house.product.sandbox.counters();
    console.error(
      `${mode}: bulk of ${DEALS} deals in ${seconds.toFixed(0)} s; ${total} requests of both accounts, ` +
        `${(total / seconds).toFixed(1)} a second (limit ${RATE} for each), ${refused429} refused with 429`,
    );
    return [
      { mode, who: 'a person in A', alone: alone.a, beside: beside.a },
      { mode, who: 'a person in B', alone: alone.b, beside: beside.b },
      { mode, who: `${FEW} deals in B`, alone: alone.few, beside: beside.few },
    ];
  } finally {
    await house.product.stop();
  }
};

const [{ model = 'unknown processor' } = {}] = cpus();
const rows: Latencies[] = [];
for (const mode of modes) rows.push(...(await measure(mode)));
console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${model.trim()}; two workers, two accounts in one sandbox on the same ` +
    `machine; a bulk of ${DEALS} deals in A, in ${ORDERS} orders.\n`,
);
console.log(latencyTable(rows));
process.exit(0);
