/** Slows down strangers who try secrets that are too long to be guessed, so that trying costs us little. */
export interface StrangerLimiter {
  /** @throws AppError `identity.too_many_attempts` with `retryAfterMs`, when too many misses came from the address lately */
  assertWelcome(ip: string): Promise<void>;
  /** Count a miss. */
  countMiss(ip: string): Promise<void>;
}
export const STRANGER_LIMITER = Symbol('StrangerLimiter');
