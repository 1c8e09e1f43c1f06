import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { DIRECTORIES, type Directories, refreshDirectoryJob } from '#application/crm/index.js';
import { JOB_QUEUE, type JobQueue } from '#application/shared/ports/job-queue.js';
import { Loop } from '../shared/loop.js';
import { queueForPeriod } from '../shared/queue-for-period.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const EVERY_MS = 5 * 60_000;
const STALE_AFTER_MS = 60 * 60_000;
// A refresh that failed for good is asked for again in the next period.
const PERIOD_MS = 15 * 60_000;
const BATCH = 100;

/** Has account directories read again when they are an hour old. Any number of schedules may run. */
@Injectable()
export class DirectorySchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(
    @Inject(DIRECTORIES) private readonly directories: Directories,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    @Inject(WORKER_LOGGER) log: Logger,
  ) {
    this.#loop = new Loop({ name: 'directory schedule', idleMs: EVERY_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    const workspaces = await this.directories.findStale(STALE_AFTER_MS, BATCH);
    await queueForPeriod(this.queue, refreshDirectoryJob, workspaces, PERIOD_MS);
    return false;
  }
}
