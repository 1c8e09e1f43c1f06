import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RateExchange } from '#application/crm/index.js';

const EVERY_MS = 1_000;

/** Tells the other processes every second what was taken in here, and hears what they took. */
@Injectable()
export class HookRateSharing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(HookRateSharing.name);
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #failing = false;

  constructor(private readonly exchange: RateExchange) {}

  onApplicationBootstrap(): void {
    this.#timer ??= setInterval(() => this.turn(), EVERY_MS).unref();
  }

  /** Resolves when the running exchange has ended: it needs the pool. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  private turn(): void {
    // A slow database is not asked again meanwhile.
    this.#running ??= this.once().finally(() => (this.#running = null));
  }

  private async once(): Promise<void> {
    try {
      await this.exchange.run();
      this.#failing = false;
    } catch (error) {
      // Without it each process counts for itself. Said once, not every second.
      if (!this.#failing) this.log.warn(`Hook rates are not shared for now: ${String(error)}`);
      this.#failing = true;
    }
  }
}
