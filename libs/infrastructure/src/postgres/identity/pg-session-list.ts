import { Injectable } from '@nestjs/common';
import { REFRESH_LIFETIME_MS } from '#domain/identity/session.js';
import type { UserId } from '#domain/shared/ids.js';
import type { ListedSession, SessionList } from '#application/identity/ports/session-list.js';
import { encodeCursor, type Page } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';

@Injectable()
export class PgSessionList implements SessionList {
  // Ids are UUID v7: their order is that of the sign-ins. What was idle for too long cannot be refreshed any more.
  async listOf(userId: UserId, at: Date, limit: number, after: string | null): Promise<Page<ListedSession>> {
    const rows = await currentSession().rows<ListedSession>(
      `SELECT s.id, s.workspace_id AS "workspaceId", w.name AS "workspaceName", s.user_agent AS "userAgent", s.ip,
         s.created_at AS "createdAt", coalesce(s.last_used_at, s.created_at) AS "lastUsedAt",
         coalesce(s.last_ip, s.ip) AS "lastIp", s.expires_at AS "expiresAt"
       FROM sessions s LEFT JOIN workspaces w ON w.id = s.workspace_id
       WHERE s.user_id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND ($3::uuid IS NULL OR s.id < $3)
         AND (s.last_used_at IS NULL OR s.last_used_at > $5)
       ORDER BY s.id DESC LIMIT $4`,
      [userId, at, after, limit + 1, new Date(at.getTime() - REFRESH_LIFETIME_MS)],
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return { items: page, nextCursor: last ? encodeCursor([last.id]) : null };
  }
}
