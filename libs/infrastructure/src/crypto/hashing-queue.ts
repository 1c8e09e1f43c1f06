import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';

const RETRY_AFTER_MS = 1_000;

/**
 * Lets so many pieces of heavy work run at once and so many more wait, in order. Whoever comes on top of those is sent
 * away at once: a flood of sign-ins must not take the thread pool from everybody else, nor wait for minutes itself.
 */
export class HashingQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mayWait: number,
  ) {}

  /** @throws AppError `identity.busy` */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.atOnce) this.running++;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place goes over to who waits longest; it is never free in between.
      if (next) next();
      else this.running--;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.mayWait)
      throw new AppError(identityErrors['identity.busy'], { retryAfterMs: RETRY_AFTER_MS });
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
