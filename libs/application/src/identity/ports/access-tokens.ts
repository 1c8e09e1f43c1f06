import type { Role } from '#domain/identity/permissions.js';
import type { SessionId, UserId, WorkspaceId } from '#domain/shared/ids.js';

/** What an access token says of its bearer. */
export interface AccessClaims {
  readonly userId: UserId;
  readonly email: string;
  readonly workspaceId: WorkspaceId;
  readonly role: Role;
  readonly sessionId: SessionId;
}

export interface AccessToken {
  readonly token: string;
  /** Lifetime in seconds. */
  readonly expiresIn: number;
}

/** Signed, short-lived tokens that need no look-up; what changed since is noticed at the next refresh. */
export interface AccessTokens {
  issue(claims: AccessClaims): AccessToken;
  /** The claims, or null when the token is not ours, was altered or has expired. */
  read(token: string): AccessClaims | null;
}
export const ACCESS_TOKENS = Symbol('AccessTokens');
