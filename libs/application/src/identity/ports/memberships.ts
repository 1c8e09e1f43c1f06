import type { Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';

/** A person's place in the current workspace. */
export interface Membership {
  readonly userId: UserId;
  readonly role: Role;
  /** Since when the member is shut out; null when not. */
  readonly blockedAt: Date | null;
  readonly version: number;
}

/** Who is in the current workspace, for changing it in the open transaction. */
export interface Memberships {
  /** Let changes of who is in the workspace happen one after another, until the transaction ends. */
  holdWorkspace(): Promise<void>;
  find(userId: UserId): Promise<Membership | null>;
  /** False when the person is a member already. */
  add(userId: UserId, role: Role): Promise<boolean>;
  /** Store role and blocking under the next version. */
  save(membership: Omit<Membership, 'version'>): Promise<void>;
  /** The person leaves; the sessions here end with it. */
  remove(userId: UserId): Promise<void>;
  /** Members who may sign in and have the role `admin`. */
  countAdministrators(): Promise<number>;
  /** End the person's sessions in this workspace. */
  endSessions(userId: UserId, at: Date): Promise<void>;
  /** Note that the member signs in here now. */
  touch(userId: UserId, at: Date): Promise<void>;
}
export const MEMBERSHIPS = Symbol('Memberships');
