import type { UserId } from '#domain/shared/ids.js';

/** What a ticket is good for: to end a sign-in with the second factor, or to set a new password. */
export type TicketPurpose = 'second_factor' | 'password_reset';

/** A secret that stands for a person, for one purpose and once. Only its hash is known. */
export interface SignInTicket {
  readonly hash: string;
  readonly purpose: TicketPurpose;
  readonly userId: UserId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Tickets of sign-in, which belong to no workspace. */
export interface SignInTickets {
  /** Store a ticket, in a transaction of its own. A new way to a new password ends the earlier ones. */
  issue(ticket: SignInTicket): Promise<void>;
  /** Whom a ticket stands for at `at`; null when it is unknown, used or out of date. */
  holder(purpose: TicketPurpose, hash: string, at: Date): Promise<UserId | null>;
  /** Use up a ticket of whoever acts, in the open transaction; false when somebody else did. */
  use(hash: string): Promise<boolean>;
  /** Forget all tickets of whoever acts, in the open transaction. */
  forgetOf(userId: UserId): Promise<void>;
}
export const SIGN_IN_TICKETS = Symbol('SignInTickets');
