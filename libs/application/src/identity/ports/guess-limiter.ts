import type { GuessAttempt } from '#domain/identity/guess-limits.js';

/** Limits wrong guesses of passwords, across all processes. */
export interface GuessLimiter {
  /**
   * Run `verify` when the caller may still guess. A refused guess is counted; an accepted one clears the counter of
   * this account at this address; one that throws counts for nothing. Parallel attempts cannot pass the limits.
   *
   * @throws AppError `identity.too_many_attempts` with `retryAfterMs`; `verify` did not run
   */
  attempt<T extends { readonly accepted: boolean }>(who: GuessAttempt, verify: () => Promise<T>): Promise<T>;
}
export const GUESS_LIMITER = Symbol('GuessLimiter');
