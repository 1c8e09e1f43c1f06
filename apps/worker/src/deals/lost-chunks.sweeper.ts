import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOST_CHUNKS, type LostChunks, RequeueChunkCommand } from '#application/deals/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { CONSUMER_SETTINGS, type ConsumerSettings } from '../shared/consumers.js';
import { Loop } from '../shared/loop.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const BATCH = 50;
// Longer than a stalled job needs to be handed on, a settled write to be looked up, and a backoff to end.
const PATIENCE = 10;

/**
 * Takes up chunks whose job is gone: a queue can lose jobs (a Redis without persistence, a job that stalled too often),
 * the database does not forget the operation.
 */
@Injectable()
export class LostChunksSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;
  readonly #untouchedForMs: number;

  constructor(
    @Inject(LOST_CHUNKS) private readonly lost: LostChunks,
    @Inject(CONSUMER_SETTINGS) settings: ConsumerSettings,
    @Inject(WORKER_LOGGER) private readonly log: Logger,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {
    this.#untouchedForMs = settings.stalledAfterMs * PATIENCE;
    this.#loop = new Loop({ name: 'lost chunks', idleMs: settings.stalledAfterMs, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    const chunks = await this.lost.find(this.#untouchedForMs, BATCH);
    for (const { workspaceId, ...ref } of chunks) {
      const taken = await this.context.run(systemContext(workspaceId), () =>
        this.bus.execute(new RequeueChunkCommand(ref, this.#untouchedForMs)),
      );
      if (taken) this.log.warn({ ...ref }, 'a chunk had lost its job and was queued anew');
    }
    return chunks.length === BATCH;
  }
}
