import type { PasswordOwner } from '#domain/identity/password-rules.js';
import type { Role } from '#domain/identity/permissions.js';
import type { SessionId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { Member } from './members.js';

/** An account as sign-in needs it, before anybody is signed in. */
export interface SignInAccount {
  readonly userId: UserId;
  readonly email: string;
  readonly passwordHash: string;
  /** Grows whenever the password is set. */
  readonly passwordVersion: number;
  /** False for whoever is shut out of all his workspaces. */
  readonly isActive: boolean;
  /** True when a code is asked for after the password. */
  readonly hasSecondFactor: boolean;
  /** Where the user signs in to: the workspace used last, of those that he is not shut out of; null when there is none. */
  readonly membership: { readonly workspaceId: WorkspaceId; readonly role: Role } | null;
}

/** Look-ups across workspaces for callers that have none yet. */
export interface SignInDirectory {
  /** The account with this e-mail in any spelling of its case, or null. */
  findByEmail(email: string): Promise<SignInAccount | null>;
  /** The account of a user, or null. */
  findById(userId: UserId): Promise<SignInAccount | null>;
  /** What a guesser would know of a user; null when there is none. */
  ownerOf(userId: UserId): Promise<PasswordOwner | null>;
  /** In how many workspaces a user is. */
  countWorkspacesOf(userId: UserId): Promise<number>;
  /** The member of `workspaceId` with this e-mail in any spelling of its case, deactivated or not; or null. */
  findMember(workspaceId: WorkspaceId, email: string): Promise<Member | null>;
  /** Where the refresh token with this hash belongs, used or not; null when it is unknown. */
  locateToken(hash: string): Promise<{ readonly workspaceId: WorkspaceId; readonly sessionId: SessionId } | null>;
}
export const SIGN_IN_DIRECTORY = Symbol('SignInDirectory');
