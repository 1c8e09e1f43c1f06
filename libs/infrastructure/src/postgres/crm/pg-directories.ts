import { Injectable } from '@nestjs/common';
import type { AccountDirectory } from '#domain/crm/directory.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { Directories } from '#application/crm/ports/directories.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface DirectoryRow {
  directory: Omit<AccountDirectory, 'fetchedAt'>;
  marker_field_id: string;
  fetched_at: Date;
}

/** Account directories, one JSON document a workspace: they are read whole and written whole. */
@Injectable()
export class PgDirectories implements Directories {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async find(): Promise<{ readonly directory: AccountDirectory; readonly markerFieldId: number } | null> {
    const row = await currentSession().first<DirectoryRow>(
      'SELECT directory, marker_field_id, fetched_at FROM amo_directories WHERE workspace_id = $1',
      [this.context.workspaceId()],
    );
    if (!row) return null;
    return { directory: { ...row.directory, fetchedAt: row.fetched_at }, markerFieldId: Number(row.marker_field_id) };
  }

  async save({ fetchedAt, ...directory }: AccountDirectory, markerFieldId: number): Promise<void> {
    // Two readings may end in the wrong order; the newer one stays.
    await currentSession().affected(
      `INSERT INTO amo_directories (workspace_id, directory, marker_field_id, fetched_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (workspace_id) DO UPDATE SET
         directory = excluded.directory, marker_field_id = excluded.marker_field_id, fetched_at = excluded.fetched_at
       WHERE amo_directories.fetched_at <= excluded.fetched_at`,
      [this.context.workspaceId(), JSON.stringify(directory), markerFieldId, fetchedAt],
    );
  }

  async findStale(olderThanMs: number, limit: number): Promise<readonly WorkspaceId[]> {
    const rows = await this.system.rows<{ workspace_id: WorkspaceId }>(
      `SELECT c.workspace_id FROM amo_connections c LEFT JOIN amo_directories d ON d.workspace_id = c.workspace_id
       WHERE c.state = 'active' AND (d.fetched_at IS NULL OR d.fetched_at < now() - $1 * interval '1 millisecond')
       ORDER BY d.fetched_at NULLS FIRST LIMIT $2`,
      [olderThanMs, limit],
    );
    return rows.map(({ workspace_id }) => workspace_id);
  }
}
