import type { Census } from '#testing/product/census.js';
import type { Fault } from '#testing/product/sandbox-types.js';
import type { SeededRandom } from './random.js';
import { FaultRig } from './rig.js';
import { type TransferCensus, TransferStream } from './transfer-stream.js';

/** What happened in one leg: a product of its own, from its start to the census. */
export interface LegReport {
  readonly seed: number;
  readonly seconds: number;
  /** SIGKILLs by the name of the process. */
  readonly kills: Readonly<Record<string, number>>;
  /** Connections that were cut, answers that were spoilt. */
  readonly cuts: number;
  readonly clockJumps: number;
  readonly census: Census;
  readonly transfers: TransferCensus;
}

const CALLS = ['^/api/v4/leads(\\?|$)', '^/api/v4/(leads/notes|leads/link|tasks)(\\?|$)', '/api/v4/', '/oauth2/'];
const TROUBLES: readonly Fault[] = [
  { kind: 'drop_before' },
  { kind: 'drop_after' },
  { kind: 'half_body' },
  { kind: 'html', status: 502 },
  { kind: 'latency', latencyMs: 2_000 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 504 },
];
const HOUR_S = 3_600;
const CALM_WITHIN_MS = 300_000;

/**
 * Keep a product busy with copies, transfers and hooks and kill its processes, so many times, at moments and in an order that the
 * seed decides; cut connections and move amoCRM's clock meanwhile. Then let it end its work, and count.
 */
export const runLeg = async (name: string, random: SeededRandom, kills: number): Promise<LegReport> => {
  const started = performance.now();
  const rig = await FaultRig.start(name);
  try {
    const stores = ['postgres', ...(rig.product.hasRedis ? ['redis'] : [])];
    const victims = ['worker-1', 'worker-2', 'api', 'sandbox', ...stores];
    const transfers = await TransferStream.over(rig.product);
    const under: Promise<unknown>[] = [];
    let [cuts, clockJumps] = [0, 0];
    while (rig.kills < kills) {
      under.push(rig.order(random.pick([1, 1, 3, 20])), rig.trigger(random.int(0, 2)));
      if (random.next() < 0.4) under.push(transfers.order(random.pick([1, 5, 20])));
      if (random.next() < 0.4) {
        const trouble = { ...random.pick(TROUBLES), match: { path: random.pick(CALLS) }, times: random.int(1, 3) };
        await rig.cut(trouble);
        cuts += trouble.times;
      }
      if (random.next() < 0.05) {
        await rig.moveClock(random.int(1, 30) * HOUR_S);
        clockJumps++;
      }
      await rig.afterRequests(random.int(1, 10));
      // Now and then several die together, as when a machine does.
      const together = random.pick([1, 1, 2, 3]);
      await Promise.all(random.some(victims, together).map((victim) => rig.kill(victim)));
    }
    await Promise.all(under);
    await rig.mend();
    await rig.calm(CALM_WITHIN_MS);
    await transfers.calm(CALM_WITHIN_MS);
    const seconds = Math.round((performance.now() - started) / 1_000);
    const [census, transferred] = [await rig.census(), await transfers.census()];
    return { seed: random.seed, seconds, kills: rig.killsByName, cuts, clockJumps, census, transfers: transferred };
  } finally {
    await rig.stop();
  }
};
