import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { publishEventJob } from '#application/shared/events/publish-event/publish-event.job.js';
import { allJobs } from '#application/shared/jobs/job-contract.js';
import { JOB_QUEUE, type JobQueue, type QueuedJob } from '#application/shared/ports/job-queue.js';
import { OUTBOX_FEED, type OutboxFeed, type OutboxRow } from '#application/shared/ports/outbox-feed.js';
import { Loop } from './loop.js';
import { WORKER_LOGGER } from './worker-logger.js';

const BATCH = 200;
const IDLE_MS = 50;

/** Hands the outbox to the queue: what the database has promised is on its way. Any number of relays may run. */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(
    @Inject(OUTBOX_FEED) private readonly feed: OutboxFeed,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    @Inject(WORKER_LOGGER) private readonly log: Logger,
  ) {
    this.#loop = new Loop({ name: 'outbox relay', idleMs: IDLE_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /** True when there may be more at once. */
  private async turn(): Promise<boolean> {
    const names = allJobs().map(({ name }) => name);
    const handed = await this.feed.pump(BATCH, names, (rows) => this.hand(rows));
    return handed === BATCH;
  }

  /** All at once; when that fails, one by one, so that a row that cannot be handed over does not block the rest. */
  private async hand(rows: readonly OutboxRow[]): Promise<readonly string[]> {
    try {
      await this.queue.add(rows.map(jobOf));
      return rows.map(({ id }) => id);
    } catch (error) {
      if (rows.length === 1) throw error;
    }
    const handed: string[] = [];
    for (const row of rows) {
      try {
        await this.queue.add([jobOf(row)]);
        handed.push(row.id);
      } catch (error) {
        this.log.error({ job: row.name, outboxId: row.id, err: error }, 'outbox row could not be handed over');
      }
    }
    if (handed.length === 0) throw new Error('The queue takes no jobs');
    return handed;
  }
}

const jobOf = (row: OutboxRow): QueuedJob => {
  if (row.kind === 'event') return eventJob(row);
  const contract = allJobs().find(({ name }) => name === row.name);
  if (!contract) throw new Error(`Job ${row.name} is not known here`);
  return { contract, payload: row.payload, correlationId: row.correlationId, delayMs: row.delayMs };
};

const eventJob = (row: OutboxRow): QueuedJob => ({
  contract: publishEventJob,
  payload: {
    workspaceId: row.workspaceId,
    // The number alone comes again in a restored or new database, and a queue that outlived the old one knows it.
    eventId: `${row.id}-${row.storedAtMicros}`,
    wireName: row.name,
    event: row.payload,
  },
  correlationId: row.correlationId,
  delayMs: row.delayMs,
});
