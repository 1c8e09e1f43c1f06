import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { AMO_CONNECTIONS, type AmoConnections, checkConnectionJob } from '#application/crm/index.js';
import { JOB_QUEUE, type JobQueue } from '#application/shared/ports/job-queue.js';
import { Loop } from '../shared/loop.js';
import { queueForPeriod } from '../shared/queue-for-period.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const EVERY_MS = 60_000;
/** One question to each troubled account: often enough to be back soon, too seldom to keep a block alive. */
const PERIOD_MS = 3 * 60_000;
const SINCE_MS = 60_000;
const BATCH = 500;

/**
 * Has accounts asked whether they let us in again, while amoCRM blocks them or their subscription has ended. Any number
 * of schedules may run: a period's job exists once.
 */
@Injectable()
export class ConnectionSchedule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    @Inject(WORKER_LOGGER) log: Logger,
  ) {
    this.#loop = new Loop({ name: 'connection schedule', idleMs: EVERY_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    const workspaces = await this.connections.findRecoverable(SINCE_MS, BATCH);
    await queueForPeriod(this.queue, checkConnectionJob, workspaces, PERIOD_MS);
    return false;
  }
}
