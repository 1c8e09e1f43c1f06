import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { OUTBOX_FEED, type OutboxFeed } from '#application/shared/ports/outbox-feed.js';
import { Loop } from './loop.js';
import { WORKER_LOGGER } from './worker-logger.js';

const EVERY_MS = 3_600_000;
// Idempotency keys are kept for a week: longer than anybody retries a request.
const KEEP_HOURS = 7 * 24;

/** Removes what is no longer needed and makes the partitions of the coming months, every hour. Safe in any number. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(@Inject(OUTBOX_FEED) feed: OutboxFeed, @Inject(WORKER_LOGGER) log: Logger) {
    this.#loop = new Loop({
      name: 'housekeeping',
      idleMs: EVERY_MS,
      log,
      turn: async () => {
        await feed.prune(KEEP_HOURS);
        return false;
      },
    });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }
}
