import { Injectable } from '@nestjs/common';
import type { WorkspaceSettings } from '#domain/identity/workspace-settings.js';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { OwnWorkspace, Workspace, Workspaces } from '#application/identity/ports/workspaces.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

const SELECT = `SELECT id, name, time_zone AS "timeZone", language, version FROM workspaces WHERE id = $1`;

@Injectable()
export class PgWorkspaces implements Workspaces {
  constructor(private readonly context: CurrentContext) {}

  get(): Promise<Workspace> {
    return this.read(SELECT);
  }

  lock(): Promise<Workspace> {
    return this.read(`${SELECT} FOR NO KEY UPDATE`);
  }

  async save({ name, timeZone, language }: WorkspaceSettings): Promise<void> {
    await currentSession().affected(
      `UPDATE workspaces SET name = $2, time_zone = $3, language = $4, version = version + 1, updated_at = now() WHERE id = $1`,
      [this.context.workspaceId(), name, timeZone, language],
    );
  }

  async add(id: WorkspaceId, { name, timeZone, language }: WorkspaceSettings): Promise<void> {
    await currentSession().affected(`INSERT INTO workspaces (id, name, time_zone, language) VALUES ($1, $2, $3, $4)`, [
      id,
      name,
      timeZone,
      language,
    ]);
  }

  async listOf(userId: UserId): Promise<readonly OwnWorkspace[]> {
    return currentSession().rows<OwnWorkspace>(
      `SELECT w.id, w.name, m.role FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
       WHERE m.user_id = $1 AND m.blocked_at IS NULL ORDER BY w.name, w.id`,
      [userId],
    );
  }

  private async read(sql: string): Promise<Workspace> {
    const row = await currentSession().first<Workspace>(sql, [this.context.workspaceId()]);
    if (!row) throw new Error('The current workspace does not exist');
    return row;
  }
}
