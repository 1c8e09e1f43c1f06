import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobContract } from '#application/shared/jobs/job-contract.js';
import { eventually } from '#testing/eventually.js';
import { hasRedis, RedisTopology } from '#testing/redis-topology.js';
import { RedisBudgetStore } from '../amocrm/budget/redis-budget-store.js';
import { parseRedisTarget } from '../config/redis-target.js';
import { BullJobQueue } from './bull-job-queue.js';
import { QueueBackend } from './queue-backend.js';

const contract: JobContract<{ n: number }> = {
  name: 'test.numbered',
  version: 1,
  queue: 'topologies',
  payload: Object as unknown as new () => { n: number },
  key: ({ n }) => `job-${n}`,
  attempts: 3,
  backoff: { kind: 'fixed', delayMs: 10 },
  keep: { doneHours: 1, failedDays: 1 },
  toCommand: () => {
    throw new Error('Nothing is sent here');
  },
};

/** An installation at `address`: fills a queue, works on it, and shares a budget. */
const installation = (address: string) => {
  const backend = new QueueBackend({ redis: parseRedisTarget(address) ?? null, databaseUrl: '' });
  const queue = new BullJobQueue(backend);
  const seen: number[] = [];
  const worker = backend.worker(
    'topologies',
    async (job) => void seen.push((job.data as { payload: { n: number } }).payload.n),
    {
      concurrency: 2,
      stalledAfterMs: 5_000,
    },
  );
  worker.on('error', () => undefined);
  void worker.run();
  return {
    seen,
    backend,
    add: (...numbers: readonly number[]) =>
      queue.add(
        numbers.map((n) => ({
          contract: contract as unknown as JobContract,
          payload: { n },
          correlationId: 'c',
          delayMs: 0,
        })),
      ),
    close: async () => {
      await worker.close(true);
      await queue.onApplicationShutdown();
      await backend.close();
    },
  };
};

const budgetTry = (backend: QueueBackend) => {
  const redis = backend.sharedRedis();
  if (!redis) throw new Error('There is no Redis');
  return new RedisBudgetStore(redis).tryAcquire({
    key: { accountId: 1, clientId: 'k' },
    client: 'c',
    waiting: [1, 0, 0],
    limits: { perSecond: 7, accountPerSecond: 50, marginMs: 50 },
  });
};

const suite = hasRedis() ? describe : describe.skip;

suite('Redis behind Sentinel (needs redis-server)', () => {
  const topology = new RedisTopology();
  let ports: { sentinel: number; primary: number };
  let installed: ReturnType<typeof installation>;
  beforeAll(async () => {
    ports = await topology.sentinel();
    installed = installation(`redis+sentinel://127.0.0.1:${ports.sentinel}/main`);
  });
  afterAll(async () => {
    await installed?.close();
    await topology?.close();
  });

  it('carries jobs and the budget, also after the primary is lost', async () => {
    await installed.add(1, 2);
    await eventually(() => installed.seen.length === 2);
    expect(await budgetTry(installed.backend)).toMatchObject({ kind: 'granted' });

    topology.kill(ports.primary);
    // The sentinel needs its second to notice; whoever fills the queue is refused until then, and comes back.
    await eventually(() => installed.add(3).then(() => true), { withinMs: 40_000, everyMs: 200 });
    await eventually(() => installed.seen.includes(3), { withinMs: 40_000, what: 'the job of after the failover' });
  });
});

suite('a Redis Cluster (needs redis-server)', () => {
  const topology = new RedisTopology();
  let installed: ReturnType<typeof installation>;
  beforeAll(async () => {
    const ports = await topology.cluster();
    installed = installation(`redis+cluster://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`);
  });
  afterAll(async () => {
    await installed?.close();
    await topology?.close();
  });

  it('carries jobs and the budget', async () => {
    await installed.add(1, 2, 3);
    await eventually(() => installed.seen.length === 3);
    expect([...installed.seen].sort()).toEqual([1, 2, 3]);
    expect(await budgetTry(installed.backend)).toMatchObject({ kind: 'granted' });
  });
});
