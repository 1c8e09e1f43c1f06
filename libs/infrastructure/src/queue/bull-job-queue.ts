import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { JobsOptions, Queue } from 'bullmq';
import type { JobQueue, QueuedJob } from '#application/shared/ports/job-queue.js';
import { QueueBackend } from './queue-backend.js';

/** What travels: the payload, and what connects the job with the request that caused it. */
export interface JobEnvelope {
  readonly version: number;
  readonly correlationId: string;
  readonly payload: object;
}

/** Fills BullMQ's queues. */
@Injectable()
export class BullJobQueue implements JobQueue, OnApplicationShutdown {
  readonly #queues = new Map<string, Queue>();

  constructor(private readonly backend: QueueBackend) {}

  async add(jobs: readonly QueuedJob[]): Promise<void> {
    await this.backend.assertTakesJobs();
    for (const name of new Set(jobs.map(({ contract }) => contract.queue))) {
      const group = jobs.filter(({ contract }) => contract.queue === name);
      await this.queue(name).addBulk(
        group.map((job) => ({ name: job.contract.name, data: envelope(job), opts: optionsOf(job) })),
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  private queue(name: string): Queue {
    const known = this.#queues.get(name);
    if (known) return known;
    const queue = this.backend.queue(name);
    queue.on('error', () => undefined);
    this.#queues.set(name, queue);
    return queue;
  }
}

const envelope = ({ contract, correlationId, payload }: QueuedJob): JobEnvelope => ({
  version: contract.version,
  correlationId,
  payload,
});

const optionsOf = ({ contract, payload, delayMs }: QueuedJob): JobsOptions => {
  const priority = contract.priority?.(payload);
  return {
    jobId: contract.key(payload),
    attempts: contract.attempts,
    backoff: { type: contract.backoff.kind, delay: contract.backoff.delayMs, jitter: 0.3 },
    removeOnComplete: { age: contract.keep.doneHours * 3_600, count: 10_000 },
    removeOnFail: { age: contract.keep.failedDays * 86_400 },
    ...(delayMs > 0 && { delay: delayMs }),
    ...(priority !== undefined && { priority }),
  };
};
