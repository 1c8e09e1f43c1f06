import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { ChunkRef, LostChunks } from '#application/deals/ports/copy-chunks.js';
import { SystemSql } from '../shared/system-sql.js';

/** Finds chunks across workspaces whose job was lost with the queue. */
@Injectable()
export class PgLostChunks implements LostChunks {
  constructor(private readonly sql: SystemSql) {}

  find(untouchedForMs: number, limit: number): Promise<readonly (ChunkRef & { readonly workspaceId: WorkspaceId })[]> {
    return this.sql.rows(
      `SELECT workspace_id AS "workspaceId", operation_id AS "operationId", chunk, run FROM copy_chunks
       WHERE status = 'queued' AND touched_at < now() - $1 * interval '1 millisecond' AND (lease_until IS NULL OR lease_until < now())
       ORDER BY touched_at LIMIT $2`,
      [untouchedForMs, limit],
    );
  }
}
