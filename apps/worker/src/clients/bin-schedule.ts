import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { CLIENT_BIN, type ClientBin, purgeClientsJob } from '#application/clients/index.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { JOB_QUEUE, type JobQueue } from '#application/shared/ports/job-queue.js';
import { Loop } from '../shared/loop.js';
import { queueForPeriod } from '../shared/queue-for-period.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const EVERY_MS = 5 * 60_000;
const BATCH = 100;

/** Has the bins of workspaces emptied of what has been in them long enough. Any number of schedules may run. */
@Injectable()
export class BinSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(
    @Inject(CLIENT_BIN) private readonly bin: ClientBin,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(WORKER_LOGGER) log: Logger,
  ) {
    this.#loop = new Loop({ name: 'bin schedule', idleMs: EVERY_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    const workspaces = await this.bin.dueWorkspaces(this.clock.now(), BATCH);
    await queueForPeriod(this.queue, purgeClientsJob, workspaces, EVERY_MS);
    return false;
  }
}
