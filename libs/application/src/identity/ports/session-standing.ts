import type { Role } from '#domain/identity/permissions.js';
import type { SessionId, WorkspaceId } from '#domain/shared/ids.js';

/** Tells whether sessions still stand. */
export interface SessionStanding {
  /** The member's role now; null when the session has ended, or the person is no active member any more. */
  roleIn(workspaceId: WorkspaceId, sessionId: SessionId, at: Date): Promise<Role | null>;
}
export const SESSION_STANDING = Symbol('SessionStanding');
