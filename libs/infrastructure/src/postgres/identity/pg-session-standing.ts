import { Injectable } from '@nestjs/common';
import type { Role } from '#domain/identity/permissions.js';
import type { SessionId, WorkspaceId } from '#domain/shared/ids.js';
import type { SessionStanding } from '#application/identity/ports/session-standing.js';
import { SystemSql } from '../shared/system-sql.js';

/** Asked of the primary, in one round trip by primary keys. */
@Injectable()
export class PgSessionStanding implements SessionStanding {
  constructor(private readonly sql: SystemSql) {}

  async roleIn(workspaceId: WorkspaceId, sessionId: SessionId, at: Date): Promise<Role | null> {
    const [row] = await this.sql.rows<{ role: Role }>(
      `SELECT m.role FROM sessions s
       JOIN memberships m ON m.workspace_id = s.workspace_id AND m.user_id = s.user_id
       JOIN users u ON u.id = s.user_id
       WHERE s.workspace_id = $1 AND s.id = $2 AND s.revoked_at IS NULL AND s.expires_at > $3
         AND m.blocked_at IS NULL AND u.is_active`,
      [workspaceId, sessionId, at],
    );
    return row?.role ?? null;
  }
}
