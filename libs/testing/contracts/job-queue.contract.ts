import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DelayedError, type Job, type Processor, type Worker } from 'bullmq';
import type { JobContract } from '#application/shared/jobs/job-contract.js';
import type { QueuedJob } from '#application/shared/ports/job-queue.js';
import { BullJobQueue } from '#infrastructure/queue/bull-job-queue.js';
import type { QueueBackend } from '#infrastructure/queue/queue-backend.js';
import { latch } from '../src/bus/rendezvous.js';
import { eventually } from '../src/eventually.js';

interface NumberedPayload {
  readonly n: number;
}

/** A job contract with a queue of its own; never registered, so that nothing else has to consume it. */
const aContract = (over: Partial<JobContract<NumberedPayload>> = {}): JobContract<NumberedPayload> => ({
  name: 'test.numbered',
  version: 3,
  queue: `test-${randomUUID()}`,
  payload: Object as unknown as new () => NumberedPayload,
  key: ({ n }) => `job-${n}`,
  attempts: 3,
  backoff: { kind: 'fixed', delayMs: 10 },
  keep: { doneHours: 1, failedDays: 1 },
  toCommand: () => {
    throw new Error('The contract suite sends no commands');
  },
  ...over,
});

const aJob = (contract: JobContract<NumberedPayload>, n: number, delayMs = 0): QueuedJob => ({
  contract: contract as unknown as JobContract,
  payload: { n },
  correlationId: `correlation-${n}`,
  delayMs,
});

const numberOf = (job: Job): number => (job.data as { payload: NumberedPayload }).payload.n;

/** What every store of the job queue must do, seen through the ports that fill it and take from it. */
export const jobQueueContract = (store: () => QueueBackend): void => {
  let queue: BullJobQueue;
  const workers: Worker[] = [];
  beforeAll(() => {
    queue = new BullJobQueue(store());
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close(true)));
  });
  afterAll(() => queue.onApplicationShutdown());

  const work = (
    { queue: name }: JobContract<NumberedPayload>,
    processor: Processor,
    { concurrency = 1, stalledAfterMs = 30_000 } = {},
  ): Worker => {
    const worker = store().worker(name, processor, { concurrency, stalledAfterMs });
    // A worker that is killed on purpose complains of its jobs.
    worker.on('error', () => undefined);
    workers.push(worker);
    // Ends when the worker is closed.
    worker.run().catch(() => undefined);
    return worker;
  };
  /** Work that keeps the numbers it was given, in order. */
  const collect = (contract: JobContract<NumberedPayload>, concurrency = 1) => {
    const numbers: number[] = [];
    work(contract, async (job) => void numbers.push(numberOf(job)), { concurrency });
    return numbers;
  };

  describe('delivery', () => {
    it('brings a job with its envelope', async () => {
      const contract = aContract();
      const seen: Job[] = [];
      work(contract, async (job) => void seen.push(job));
      await queue.add([aJob(contract, 1)]);
      const job = await eventually(() => seen[0]);
      expect({ id: job.id, name: job.name, data: job.data as unknown }).toEqual({
        id: 'job-1',
        name: 'test.numbered',
        data: { version: 3, correlationId: 'correlation-1', payload: { n: 1 } },
      });
    });

    it('takes the same key for one job: waiting, done, and in one call', async () => {
      const contract = aContract();
      await queue.add([aJob(contract, 1), aJob(contract, 1), aJob(contract, 2)]);
      await queue.add([aJob(contract, 1)]);
      const numbers = collect(contract);
      await eventually(() => numbers.length >= 2);
      await queue.add([aJob(contract, 1), aJob(contract, 2), aJob(contract, 3)]);
      await eventually(() => numbers.includes(3));
      expect(numbers).toEqual([1, 2, 3]);
    });

    it('keeps queues apart', async () => {
      const [one, other] = [aContract(), aContract()];
      const [first, second] = [collect(one), collect(other)];
      await queue.add([aJob(one, 1), aJob(other, 2)]);
      await eventually(() => first.length + second.length >= 2);
      expect([first, second]).toEqual([[1], [2]]);
    });

    it('brings what has no priority first, then the smaller before the greater, and equals in order', async () => {
      const priorities = [undefined, 5, 1, undefined, 5];
      const contract = aContract({ priority: ({ n }) => priorities[n] });
      await queue.add(priorities.map((_, n) => aJob(contract, n)));
      const numbers = collect(contract);
      await eventually(() => numbers.length === 5);
      expect(numbers).toEqual([0, 3, 2, 1, 4]);
    });

    it('brings a delayed job not before its time', async () => {
      const contract = aContract();
      const startedAt = new Map<number, number>();
      work(contract, async (job) => void startedAt.set(numberOf(job), Date.now()));
      const addedAt = Date.now();
      await queue.add([aJob(contract, 1, 600), aJob(contract, 2)]);
      await eventually(() => startedAt.size === 2);
      // The store may count in whole milliseconds.
      expect((startedAt.get(1) ?? 0) - addedAt).toBeGreaterThanOrEqual(599);
      expect(startedAt.get(2)).toBeLessThan(startedAt.get(1) ?? 0);
    });

    it('brings a thousand jobs, each once', async () => {
      const contract = aContract();
      const numbers = collect(contract, 20);
      await queue.add(Array.from({ length: 1_000 }, (_, n) => aJob(contract, n)));
      await eventually(() => numbers.length >= 1_000, { withinMs: 40_000 });
      expect(new Set(numbers).size).toBe(1_000);
      expect(numbers).toHaveLength(1_000);
    });
  });

  describe('a job that fails', () => {
    it('is tried again with growing pauses, and given up after its attempts', async () => {
      const contract = aContract({ attempts: 3, backoff: { kind: 'exponential', delayMs: 200 } });
      const tries: { made: number; at: number }[] = [];
      const worker = work(contract, async (job) => {
        tries.push({ made: job.attemptsMade, at: Date.now() });
        throw new Error('no luck');
      });
      const givenUp = new Promise<number>((resolve) =>
        worker.on('failed', (job) => void (job?.attemptsMade === 3 && resolve(job.attemptsMade))),
      );
      await queue.add([aJob(contract, 1)]);
      expect(await givenUp).toBe(3);
      expect(tries.map(({ made }) => made)).toEqual([0, 1, 2]);
      const [first, second, third] = tries.map(({ at }) => at) as [number, number, number];
      // 200 and 400 ms, each less the jitter of 0.3 at most.
      expect(second - first).toBeGreaterThanOrEqual(139);
      expect(third - second).toBeGreaterThanOrEqual(279);
      // The key of a job that was given up stays taken.
      await queue.add([aJob(contract, 1), aJob(contract, 2)]);
      await eventually(() => tries.length > 3);
      expect(tries[3]?.made).toBe(0);
    });

    it('spends no attempt when it is only put back', async () => {
      const contract = aContract({ attempts: 1 });
      const made: number[] = [];
      work(contract, async (job, token) => {
        made.push(job.attemptsMade);
        if (made.length > 4) return;
        await job.moveToDelayed(Date.now() + 20, token);
        throw new DelayedError();
      });
      await queue.add([aJob(contract, 1)]);
      await eventually(() => made.length === 5);
      expect(made).toEqual([0, 0, 0, 0, 0]);
    });
  });

  it('gives the job of a worker that died to another, and leaves those of the living alone', async () => {
    const contract = aContract({ attempts: 1 });
    const [holding, doomed, finish] = [latch(), latch(), latch()];
    const runs: string[] = [];
    const hold = (who: string, { open }: { open(): void }) =>
      work(
        contract,
        async (job) => {
          runs.push(`${who} ${numberOf(job)}`);
          open();
          await finish.opened;
        },
        { stalledAfterMs: 1_000 },
      );
    hold('living', holding);
    await queue.add([aJob(contract, 1)]);
    await holding.opened;
    const dying = hold('dying', doomed);
    await queue.add([aJob(contract, 2)]);
    await doomed.opened;
    await dying.close(true);

    work(contract, async (job) => void runs.push(`third ${numberOf(job)}`), { stalledAfterMs: 1_000 });
    // Job 1 was taken before job 2: without a sign of life it would be handed on no later.
    await eventually(() => runs.includes('third 2'), { withinMs: 20_000 });
    await queue.add([aJob(contract, 3)]);
    await eventually(() => runs.includes('third 3'));
    expect(runs).toEqual(['living 1', 'dying 2', 'third 2', 'third 3']);
    finish.open();
  });
};
