import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { dispatchHookJob, HOOK_INBOX, type HookInbox } from '#application/crm/index.js';
import { JOB_QUEUE, type JobQueue, type QueuedJob } from '#application/shared/ports/job-queue.js';
import { Loop } from '../shared/loop.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const BATCH = 200;
const IDLE_MS = 50;
const STALE_CHECK_MS = 10_000;
const STALE_AFTER_MS = 60_000;

/**
 * Hands stored hooks to the queue. Claimed first and handed over afterwards: hooks that are lost in between are claimed
 * again after a minute. Any number of relays may run.
 */
@Injectable()
export class HookRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loops: readonly Loop[];

  constructor(
    @Inject(HOOK_INBOX) private readonly inbox: HookInbox,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    @Inject(WORKER_LOGGER) private readonly log: Logger,
  ) {
    this.#loops = [
      new Loop({ name: 'hook relay', idleMs: IDLE_MS, log, turn: () => this.relay() }),
      new Loop({ name: 'stale hooks', idleMs: STALE_CHECK_MS, log, turn: () => this.requeue() }),
    ];
  }

  onApplicationBootstrap(): void {
    for (const loop of this.#loops) loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop()));
  }

  /** True when there may be more at once. */
  private async relay(): Promise<boolean> {
    const hooks = await this.inbox.claimNewHooks(BATCH);
    const contract = dispatchHookJob as unknown as QueuedJob['contract'];
    if (hooks.length > 0) {
      await this.queue.add(hooks.map((payload) => ({ contract, payload, correlationId: payload.hookId, delayMs: 0 })));
    }
    return hooks.length === BATCH;
  }

  private async requeue(): Promise<boolean> {
    const requeued = await this.inbox.requeueStale(STALE_AFTER_MS);
    if (requeued > 0) this.log.warn({ requeued }, 'hooks had been claimed without effect and are handed over again');
    return false;
  }
}
