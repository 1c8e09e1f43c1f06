import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Processor, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { allJobs } from '#application/shared/jobs/job-contract.js';
import { JobConsumer } from './job-consumer.js';
import { WORKER_LOGGER } from './worker-logger.js';

/** Makes a BullMQ worker for a queue; bound in the composition root to the store in use. */
export interface WorkerFactory {
  worker(name: string, processor: Processor, settings: { concurrency: number; stalledAfterMs: number }): Worker;
}
export const WORKER_FACTORY = Symbol('WorkerFactory');

export interface ConsumerSettings {
  readonly stalledAfterMs: number;
  /** How long running jobs may take to end at shutdown, in milliseconds. */
  readonly shutdownGraceMs: number;
}
export const CONSUMER_SETTINGS = Symbol('ConsumerSettings');

const RESTART_PAUSE_MS = 1_000;
const COMPLAIN_EVERY_MS = 10_000;

/**
 * Runs all consumers. Refuses to start when a declared job has no consumer or two of them.
 * At shutdown: no new jobs, running ones may end within the grace, the rest is handed back by the queue.
 */
@Injectable()
export class Consumers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #workers: Worker[] = [];
  readonly #complainedAt = new Map<string, number>();
  #closing = false;

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(WORKER_FACTORY) private readonly factory: WorkerFactory,
    @Inject(CONSUMER_SETTINGS) private readonly settings: ConsumerSettings,
    @Inject(WORKER_LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const consumers = this.discovery
      .getProviders()
      .map(({ instance }) => instance as unknown)
      .filter((instance): instance is JobConsumer => instance instanceof JobConsumer);
    const faults = findConsumerFaults(consumers, allJobs());
    if (faults.length > 0) throw new Error(`The worker is not complete:\n${faults.join('\n')}`);
    for (const consumer of consumers) this.start(consumer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#closing = true;
    const grace = new Promise<void>((resolve) => setTimeout(resolve, this.settings.shutdownGraceMs).unref());
    // Not `close()`: once that is under way, BullMQ takes no notice of `close(true)` and waits for ever.
    await Promise.race([Promise.all(this.#workers.map((worker) => worker.pause())), grace]);
    await Promise.all(this.#workers.map((worker) => worker.close(true)));
  }

  private start(consumer: JobConsumer): void {
    const { stalledAfterMs } = this.settings;
    const worker = this.factory.worker(consumer.queue, (job, token) => consumer.process(job, token), {
      concurrency: consumer.concurrency,
      stalledAfterMs,
    });
    worker.on('error', (error) => this.complain(consumer.queue, error));
    worker.on('stalled', (jobId) => this.log.warn({ queue: consumer.queue, jobId }, 'job stalled, will be run again'));
    worker.on('failed', (job, error) => {
      // Every try is told by the consumer; this is the end of the job.
      const isLast = !job || error.name === 'UnrecoverableError' || job.attemptsMade >= (job.opts.attempts ?? 1);
      if (!isLast) return;
      this.log.error({ queue: consumer.queue, job: job?.name, jobId: job?.id, reason: error.message }, 'job failed');
    });
    void this.keepRunning(worker, consumer.queue);
    this.#workers.push(worker);
  }

  /** BullMQ's loop ends when its store is away for long; the worker outlives that. */
  private async keepRunning(worker: Worker, queue: string): Promise<void> {
    while (!this.#closing) {
      await worker.run().catch((error: unknown) => this.complain(queue, error));
      if (!this.#closing) await delay(RESTART_PAUSE_MS, undefined, { ref: false });
    }
  }

  /** A store that is away fails every call of every worker: say it once in a while. */
  private complain(queue: string, error: unknown): void {
    const now = performance.now();
    if (now - (this.#complainedAt.get(queue) ?? -Infinity) < COMPLAIN_EVERY_MS) return;
    this.#complainedAt.set(queue, now);
    this.log.warn({ queue, err: error }, 'the queue does not answer');
  }
}

/** The faults of a set of consumers against the declared jobs, one sentence each. */
export const findConsumerFaults = (
  consumers: readonly Pick<JobConsumer, 'queue' | 'jobs'>[],
  jobs: readonly { readonly name: string; readonly queue: string }[],
): readonly string[] =>
  jobs.flatMap(({ name, queue }) => {
    const takers = consumers.filter((consumer) => consumer.jobs.some((job) => job.name === name));
    if (takers.length === 0) return [`Job ${name} has no consumer`];
    if (takers.length > 1) return [`Job ${name} has several consumers`];
    return takers[0]?.queue === queue
      ? []
      : [`Job ${name} is declared for queue ${queue} but consumed from ${takers[0]?.queue}`];
  });
