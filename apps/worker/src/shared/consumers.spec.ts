import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DiscoveryService } from '@nestjs/core';
import { IsInt, IsUUID } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { defineJob } from '#application/shared/jobs/job-contract.js';
import { BullJobQueue } from '#infrastructure/queue/bull-job-queue.js';
import type { QueueBackend } from '#infrastructure/queue/queue-backend.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { keptLog, type KeptLog } from '#testing/bus/kept-log.js';
import { latch } from '#testing/bus/rendezvous.js';
import { queueBackendOn } from '#testing/bus/queue-backend.js';
import { DoAsSystemCommand } from '#testing/bus/sample-messages.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { Consumers, findConsumerFaults } from './consumers.js';
import { EventsConsumer } from './events.consumer.js';
import { JobConsumer, JobRuntime } from './job-consumer.js';

class NumberedPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  @IsInt()
  n: number;
}

let work: (n: number) => Promise<unknown>;
const numberedJob = defineJob<NumberedPayload>({
  name: 'test.numbered',
  version: 1,
  queue: 'test-numbered',
  payload: NumberedPayload,
  key: ({ n }) => `numbered-${n}`,
  attempts: 3,
  backoff: { kind: 'fixed', delayMs: 1 },
  keep: { doneHours: 1, failedDays: 1 },
  toCommand: ({ n }) => new DoAsSystemCommand(() => work(n)),
});

class NumberedConsumer extends JobConsumer {
  readonly queue = 'test-numbered';
  readonly concurrency = 2;
  readonly jobs = [numberedJob];
}

describe('findConsumerFaults', () => {
  const jobs = [{ name: 'a.job', queue: 'a' }];
  const consumer = (queue: string, ...names: string[]) => ({
    queue,
    jobs: names.map((name) => ({ ...numberedJob, name, queue })),
  });
  it.each([
    ['nothing in a whole set', [consumer('a', 'a.job', 'b.job'), consumer('b')], []],
    ['a job without a consumer', [consumer('a', 'b.job')], ['Job a.job has no consumer']],
    ['a job with two', [consumer('a', 'a.job'), consumer('a', 'a.job')], ['Job a.job has several consumers']],
    [
      'a job consumed from another queue than its own',
      [consumer('b', 'a.job')],
      ['Job a.job is declared for queue a but consumed from b'],
    ],
  ])('finds %s', (_, consumers, faults) => {
    expect(findConsumerFaults(consumers, jobs)).toEqual(faults);
  });
});

describe('Consumers', () => {
  let database: TestDatabase;
  let house: BusHouse;
  let backend: QueueBackend;
  let queue: BullJobQueue;
  let kept: KeptLog;
  const running: Consumers[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    house = await busHouse(database);
    backend = queueBackendOn({ postgres: database.url });
    queue = new BullJobQueue(backend);
    kept = keptLog();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((consumers) => consumers.beforeApplicationShutdown()));
  });
  afterAll(async () => {
    await queue.onApplicationShutdown();
    await backend.close();
    await house.module.close();
    await database.close();
  });

  const runtime = () => new JobRuntime(house.bus, house.module.get(CurrentContext), house.telemetry, kept.log);
  const assemble = (instances: readonly unknown[], shutdownGraceMs: number) => {
    const discovery = { getProviders: () => instances.map((instance) => ({ instance })) };
    const settings = { stalledAfterMs: 1_000, shutdownGraceMs };
    return new Consumers(discovery as unknown as DiscoveryService, backend, settings, kept.log);
  };
  const start = (shutdownGraceMs = 20_000) => {
    const others = [undefined, 'a value', new Date(0)];
    const consumers = assemble(
      [...others, new NumberedConsumer(runtime()), new EventsConsumer(runtime())],
      shutdownGraceMs,
    );
    consumers.onApplicationBootstrap();
    running.push(consumers);
    return consumers;
  };
  const add = (...numbers: number[]) =>
    queue.add(
      numbers.map((n) => ({
        contract: numberedJob,
        payload: { workspaceId: house.workspaceId, n },
        correlationId: 'cause',
        delayMs: 0,
      })),
    );

  it('refuse to start while a declared job has no consumer', () => {
    const consumers = assemble([new EventsConsumer(runtime())], 0);
    expect(() => consumers.onApplicationBootstrap()).toThrow(
      'The worker is not complete:\nJob test.numbered has no consumer',
    );
  });

  it('carry out jobs, as many at once as their consumer says', async () => {
    const [both, finish] = [latch(), latch()];
    const begun: number[] = [];
    work = async (n) => {
      begun.push(n);
      if (begun.length === 2) both.open();
      await finish.opened;
    };
    start();
    await add(1, 2, 3);
    await both.opened;
    expect(begun).toEqual([1, 2]);
    finish.open();
    await eventually(() => begun.length === 3);
  });

  it('let running jobs end at shutdown, and begin none after it', async () => {
    const [begun, finish] = [latch(), latch()];
    const ended: number[] = [];
    work = async (n) => {
      begun.open();
      await finish.opened;
      ended.push(n);
    };
    const consumers = start();
    await add(11);
    await begun.opened;
    const stopped = consumers.beforeApplicationShutdown();
    // May be taken in the moment of stopping; then it ends, too, before the process does.
    await add(12);
    finish.open();
    await stopped;
    const endedInTime = [...ended];
    expect(endedInTime).toContain(11);
    await add(13);
    expect(ended).toEqual(endedInTime);
    // What is left waits for the next process; nothing is done twice.
    start();
    await eventually(() => ended.includes(12) && ended.includes(13));
    expect([...ended].sort()).toEqual([11, 12, 13]);
  });

  it('end without a job that outlasts the grace, which is then run by another process', async () => {
    const [begun, never] = [latch(), latch()];
    const runs: number[] = [];
    work = async (n) => {
      runs.push(n);
      begun.open();
      if (runs.length === 1) await never.opened;
    };
    const consumers = start(50);
    await add(21);
    await begun.opened;
    await consumers.beforeApplicationShutdown();
    expect(runs).toEqual([21]);
    start();
    await eventually(() => runs.length === 2, { withinMs: 20_000 });
    expect(runs).toEqual([21, 21]);
    never.open();
  });

  it('say which job failed', async () => {
    work = () => Promise.reject(new Error('no luck'));
    start();
    await add(31);
    const line = await eventually(() => kept.lines.find(({ jobId, level }) => jobId === 'numbered-31' && level === 50));
    expect(line).toMatchObject({ queue: 'test-numbered', job: 'test.numbered', reason: 'no luck' });
  });
});
