import type { UserId } from '#domain/shared/ids.js';

/** Stored passwords. */
export interface Passwords {
  /** Replace the password of whoever acts, in the open transaction. */
  set(userId: UserId, hash: string, at: Date): Promise<void>;
}
export const PASSWORDS = Symbol('Passwords');
