import { Injectable } from '@nestjs/common';
import type { ClientViewId, UserId } from '#domain/shared/ids.js';
import { type ClientViews, type SavedView } from '#application/clients/ports/client-views.js';
import type { SavedViewView } from '#application/clients/queries/list-client-views/saved-view.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { iso } from '../crm/iso-column.js';
import { currentSession } from '../shared/session.js';

const COLUMNS = `id, owner_id AS "ownerId", title, is_shared AS shared, query, version`;

@Injectable()
export class PgClientViews implements ClientViews {
  constructor(private readonly context: CurrentContext) {}

  list(userId: UserId | null): Promise<readonly SavedViewView[]> {
    return currentSession().rows<SavedViewView>(
      `SELECT ${COLUMNS}, owner_id IS NOT DISTINCT FROM $2::uuid AS mine, ${iso('created_at', 'createdAt')}
       FROM client_views WHERE workspace_id = $1 AND (owner_id = $2 OR is_shared) ORDER BY title, id LIMIT 1000`,
      [this.context.workspaceId(), userId],
    );
  }

  async countOf(userId: UserId): Promise<number> {
    const row = await currentSession().first<{ count: number }>(
      'SELECT count(*)::int AS count FROM client_views WHERE workspace_id = $1 AND owner_id = $2',
      [this.context.workspaceId(), userId],
    );
    return row?.count ?? 0;
  }

  async lock(id: ClientViewId): Promise<SavedView | null> {
    const view = await currentSession().first<SavedView>(
      `SELECT ${COLUMNS}, created_at AS "createdAt" FROM client_views WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [this.context.workspaceId(), id],
    );
    return view ?? null;
  }

  async add({ id, ownerId, title, shared, query, createdAt }: SavedView): Promise<void> {
    await currentSession().affected(
      `INSERT INTO client_views (workspace_id, id, owner_id, title, is_shared, query, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [this.context.workspaceId(), id, ownerId, title, shared, JSON.stringify(query), createdAt],
    );
  }

  async save({ id, title, shared, query }: SavedView, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE client_views SET title = $3, is_shared = $4, query = $5, version = version + 1, updated_at = $6
       WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id, title, shared, JSON.stringify(query), at],
    );
  }

  async remove(id: ClientViewId): Promise<void> {
    await currentSession().affected('DELETE FROM client_views WHERE workspace_id = $1 AND id = $2', [
      this.context.workspaceId(),
      id,
    ]);
  }
}
