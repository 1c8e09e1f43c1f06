import type { PasswordFault } from '#domain/identity/password-rules.js';

/** How well a password stands against somebody who guesses cleverly. */
export interface StrengthEstimate {
  /** Decimal logarithm of the number of guesses. */
  readonly guessesLog10: number;
  /** What makes it weak, as far as that can be told. */
  readonly weakness: PasswordFault;
}

/** Estimates how many guesses a password takes, knowing common passwords, words, patterns and Russian keyboards. */
export interface PasswordStrength {
  /** @param personal  words that a guesser of this very password would try, lower case */
  estimate(password: string, personal: readonly string[]): Promise<StrengthEstimate>;
}
export const PASSWORD_STRENGTH = Symbol('PasswordStrength');
