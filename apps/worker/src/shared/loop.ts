import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

export interface LoopOptions {
  readonly name: string;
  /** Pause after a turn that found nothing more to do, in milliseconds. */
  readonly idleMs: number;
  readonly log: Logger;
  /** One turn; true = go on at once. */
  readonly turn: () => Promise<boolean>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** A turn after another until stopped. A failing turn is logged once and tried again with growing pauses. */
export class Loop {
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly options: LoopOptions) {}

  start(): void {
    this.#running = this.run();
  }

  /** Resolves when the running turn has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  private async run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.#stopping.signal.aborted) {
      try {
        const more = await this.options.turn();
        if (!more) await this.pause(this.options.idleMs);
        pauseMs = FIRST_PAUSE_MS;
      } catch (error) {
        this.options.log.warn({ loop: this.options.name, err: error }, 'turn failed, will be tried again');
        await this.pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  private async pause(ms: number): Promise<void> {
    // Stopping ends the pause at once; that is not an error.
    await delay(ms, undefined, { signal: this.#stopping.signal, ref: true }).catch(() => undefined);
  }
}
