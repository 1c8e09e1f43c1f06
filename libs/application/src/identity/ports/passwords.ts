import type { UserId } from '#domain/shared/ids.js';

/** Stored passwords. */
export interface Passwords {
  /** Replace the password of whoever acts, in the open transaction. */
  set(userId: UserId, hash: string, at: Date): Promise<void>;
  /**
   * Keep the password of whoever acts as it is until the transaction ends: whoever sets a new one waits, and then ends the
   * session, too, that was opened meanwhile.
   *
   * @returns its version; null when there is no such account any more
   */
  hold(userId: UserId): Promise<number | null>;
}
export const PASSWORDS = Symbol('Passwords');
