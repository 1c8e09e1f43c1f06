import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { HOOK_RETENTION, HOOK_SETTINGS, type HookRetention, type HookSettings } from '#application/crm/index.js';
import { Loop } from '../shared/loop.js';
import { WORKER_LOGGER } from '../shared/worker-logger.js';

const EVERY_MS = 3_600_000;

/** Makes the coming days' partitions of hooks and drops those past their retention, every hour. Safe in any number. */
@Injectable()
export class HookHousekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #loop: Loop;

  constructor(
    @Inject(HOOK_RETENTION) private readonly retention: HookRetention,
    @Inject(HOOK_SETTINGS) private readonly settings: HookSettings,
    @Inject(WORKER_LOGGER) log: Logger,
  ) {
    this.#loop = new Loop({ name: 'hook housekeeping', idleMs: EVERY_MS, log, turn: () => this.turn() });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  private async turn(): Promise<boolean> {
    await this.retention.keep(this.settings.retentionDays);
    return false;
  }
}
