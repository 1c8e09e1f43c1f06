import { Injectable } from '@nestjs/common';
import type { Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';
import type { Membership, Memberships } from '#application/identity/ports/memberships.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

@Injectable()
export class PgMemberships implements Memberships {
  constructor(private readonly context: CurrentContext) {}

  async holdWorkspace(): Promise<void> {
    // Not FOR UPDATE: whoever joins meanwhile only refers to the workspace, and need not wait.
    await currentSession().rows(`SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE`, [this.context.workspaceId()]);
  }

  async find(userId: UserId): Promise<Membership | null> {
    const row = await currentSession().first<Membership>(
      `SELECT user_id AS "userId", role, blocked_at AS "blockedAt", version
       FROM memberships WHERE workspace_id = $1 AND user_id = $2`,
      [this.context.workspaceId(), userId],
    );
    return row ?? null;
  }

  async add(userId: UserId, role: Role): Promise<boolean> {
    const added = await currentSession().affected(
      `INSERT INTO memberships (workspace_id, user_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [this.context.workspaceId(), userId, role],
    );
    return added === 1;
  }

  async save({ userId, role, blockedAt }: Omit<Membership, 'version'>): Promise<void> {
    await currentSession().affected(
      `UPDATE memberships SET role = $3, blocked_at = $4, version = version + 1, updated_at = now()
       WHERE workspace_id = $1 AND user_id = $2`,
      [this.context.workspaceId(), userId, role, blockedAt],
    );
  }

  async remove(userId: UserId): Promise<void> {
    await currentSession().affected(`DELETE FROM memberships WHERE workspace_id = $1 AND user_id = $2`, [
      this.context.workspaceId(),
      userId,
    ]);
  }

  async countAdministrators(): Promise<number> {
    const row = await currentSession().first<{ count: number }>(
      `SELECT count(*)::int AS count FROM memberships m JOIN users u ON u.id = m.user_id
       WHERE m.workspace_id = $1 AND m.role = 'admin' AND m.blocked_at IS NULL AND u.is_active`,
      [this.context.workspaceId()],
    );
    return row?.count ?? 0;
  }

  async endSessions(userId: UserId, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE sessions SET revoked_at = $3, revoked_reason = 'member_inactive'
       WHERE workspace_id = $1 AND user_id = $2 AND revoked_at IS NULL`,
      [this.context.workspaceId(), userId, at],
    );
  }

  async touch(userId: UserId, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE memberships SET last_used_at = $3 WHERE workspace_id = $1 AND user_id = $2`,
      [this.context.workspaceId(), userId, at],
    );
  }
}
