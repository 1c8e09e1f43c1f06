import type { SessionId, UserId } from '#domain/shared/ids.js';
import type { Page } from '../../shared/paging.js';

/** A session that has not ended, for reading. */
export interface ListedSession {
  readonly id: SessionId;
  readonly workspaceId: string;
  readonly workspaceName: string | null;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly lastIp: string | null;
  readonly expiresAt: Date;
}

/** Sessions of whoever acts, in all workspaces. */
export interface SessionList {
  /** At most `limit` of those that stand at `at`, newest first, those made before the session `after` when it is given. */
  listOf(userId: UserId, at: Date, limit: number, after: string | null): Promise<Page<ListedSession>>;
}
export const SESSION_LIST = Symbol('SessionList');
