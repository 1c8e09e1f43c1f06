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
    const handed = await this.feed.pump(BATCH, (rows) => this.queue.add(rows.flatMap((row) => this.toJob(row))));
    return handed === BATCH;
  }

  private toJob(row: OutboxRow): QueuedJob[] {
    if (row.kind === 'event') return [eventJob(row)];
    const contract = allJobs().find(({ name }) => name === row.name);
    if (contract) return [{ contract, payload: row.payload, correlationId: row.correlationId, delayMs: row.delayMs }];
    // Left by a newer or older version; handing it over would only fail there.
    this.log.error({ job: row.name, outboxId: row.id }, 'outbox row of an unknown job was set aside');
    return [];
  }
}

const eventJob = (row: OutboxRow): QueuedJob => ({
  contract: publishEventJob,
  payload: { workspaceId: row.workspaceId, eventId: row.id, wireName: row.name, event: row.payload },
  correlationId: row.correlationId,
  delayMs: row.delayMs,
});
