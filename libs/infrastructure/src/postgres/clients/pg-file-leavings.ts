import { Injectable } from '@nestjs/common';
import type { FileLeavings } from '#application/clients/ports/client-files.js';
import type { FileKey } from '#application/shared/ports/files.js';
import { SystemSql } from '../shared/system-sql.js';

// Two sweepers may have removed the same file: its room is given back by the one that deletes the row.
const FORGET = `
  WITH gone AS (
    DELETE FROM client_files f USING unnest($1::uuid[], $2::uuid[]) AS k (workspace_id, id)
    WHERE f.workspace_id = k.workspace_id AND f.id = k.id AND f.doomed_at IS NOT NULL
    RETURNING f.workspace_id, f.size_bytes)
  UPDATE client_file_usage u SET bytes = greatest(u.bytes - freed.bytes, 0)
  FROM (SELECT workspace_id, sum(size_bytes)::bigint AS bytes FROM gone GROUP BY workspace_id) freed
  WHERE u.workspace_id = freed.workspace_id`;

/** Finds files across workspaces that nobody wants any more. */
@Injectable()
export class PgFileLeavings implements FileLeavings {
  constructor(private readonly sql: SystemSql) {}

  releaseUnattached(before: Date, at: Date): Promise<number> {
    return this.sql.transact((sql) =>
      sql.affected(
        `UPDATE client_files SET doomed_at = $2 WHERE entry_id IS NULL AND doomed_at IS NULL AND created_at < $1`,
        [before, at],
      ),
    );
  }

  released(limit: number): Promise<readonly FileKey[]> {
    return this.sql.rows<FileKey>(
      `SELECT workspace_id AS "workspaceId", id FROM client_files WHERE doomed_at IS NOT NULL
       ORDER BY doomed_at LIMIT $1`,
      [limit],
    );
  }

  async forget(keys: readonly FileKey[]): Promise<void> {
    await this.sql.transact((sql) => sql.affected(FORGET, columnsOf(keys)));
  }

  strangers(keys: readonly FileKey[]): Promise<readonly FileKey[]> {
    return this.sql.rows<FileKey>(
      `SELECT k.workspace_id AS "workspaceId", k.id FROM unnest($1::uuid[], $2::uuid[]) AS k (workspace_id, id)
       WHERE NOT EXISTS (SELECT FROM client_files f WHERE f.workspace_id = k.workspace_id AND f.id = k.id)`,
      columnsOf(keys),
    );
  }
}

const columnsOf = (keys: readonly FileKey[]) => [keys.map(({ workspaceId }) => workspaceId), keys.map(({ id }) => id)];
