import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { ForgetEndedSessionsCommand } from '#application/identity/index.js';
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

  constructor(
    @Inject(OUTBOX_FEED) private readonly feed: OutboxFeed,
    @Inject(WORKER_LOGGER) log: Logger,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {
    this.#loop = new Loop({ name: 'housekeeping', idleMs: EVERY_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    // Partitions first: what follows may fail, and they must not wait for it.
    await this.feed.ensurePartitions();
    await this.feed.prune(KEEP_HOURS);
    await this.context.run(systemContext(null), () => this.bus.execute(new ForgetEndedSessionsCommand()));
    return false;
  }
}
