import type { GuessAttempt, GuessBucket } from '#domain/identity/guess-limits.js';

/** Limits wrong guesses, across all processes. */
export interface GuessLimiter {
  /**
   * Run `verify` when the caller may still guess. A refused guess is counted; an accepted one clears the counter of
   * this account at this address; one that throws counts for nothing. Parallel attempts cannot pass the limits.
   *
   * @throws AppError `identity.too_many_attempts` with `retryAfterMs`; `verify` did not run
   */
  attempt<T extends { readonly accepted: boolean }>(who: GuessAttempt, verify: () => Promise<T>): Promise<T>;
  /** Count something in a counter; false, and not counted, when it is full. */
  count(bucket: GuessBucket): Promise<boolean>;
  /** Whoever has proved otherwise that the account is his may sign in from this address, whatever was guessed before. */
  trust(who: GuessAttempt): Promise<void>;
}
export const GUESS_LIMITER = Symbol('GuessLimiter');
