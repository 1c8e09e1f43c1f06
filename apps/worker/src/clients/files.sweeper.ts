import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { SweepFilesCommand, SweepStraysCommand } from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { systemContext } from '#application/shared/context/system-context.js';
import { Loop } from '../shared/loop.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const EVERY_MS = 60_000;
/** Everything that is stored is looked at once a day. */
const STRAYS_EVERY_TURNS = (24 * 3_600_000) / EVERY_MS;
// Not at the start, when everybody is busy, and seldom in the same minute as another process.
const FIRST_STRAYS_TURN = 30;

/** Removes files that nobody wants, every minute, and contents that no row knows, every day. Safe in any number. */
@Injectable()
export class FilesSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;
  #turns = 0;

  constructor(
    @Inject(WORKER_LOGGER) private readonly log: Logger,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
  ) {
    this.#loop = new Loop({ name: 'files sweeper', idleMs: EVERY_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private turn(): Promise<boolean> {
    return this.context.run(systemContext(null), async () => {
      if (++this.#turns % STRAYS_EVERY_TURNS === FIRST_STRAYS_TURN) await this.sweepStrays();
      const { more } = await this.bus.execute(new SweepFilesCommand());
      return more;
    });
  }

  private async sweepStrays(): Promise<void> {
    const removed = await this.bus.execute(new SweepStraysCommand());
    if (removed > 0) this.log.warn({ removed }, 'contents of files that no row knew were removed');
  }
}
