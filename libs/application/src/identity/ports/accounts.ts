import type { UserId } from '#domain/shared/ids.js';

/** Somebody who gets an account. */
export interface NewAccount {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** Accounts of people, which belong to no workspace. */
export interface Accounts {
  /** Make an account, in the open transaction; false when there is one with this e-mail in any spelling. */
  add(account: NewAccount): Promise<boolean>;
}
export const ACCOUNTS = Symbol('Accounts');
