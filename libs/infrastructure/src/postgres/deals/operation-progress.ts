import type { CopyOperationId, WorkspaceId } from '#domain/shared/ids.js';
import { type CopyCounts, type CopyStatus, finalStatus, type OperationKind } from '#domain/deals/copy-operation.js';
import type { Outbox } from '#application/shared/ports/outbox.js';
import type { ChunkRef } from '#application/deals/ports/copy-chunks.js';
import type { SqlSession } from '../shared/session.js';

/** Turn up to `count` waiting chunks into queued ones; answers them. */
export const queueWaitingChunks = async (
  sql: SqlSession,
  workspaceId: WorkspaceId,
  operationId: CopyOperationId,
  count: number,
): Promise<readonly ChunkRef[]> => {
  const rows = await sql.rows<{ chunk: number; run: number }>(
    `UPDATE copy_chunks SET status = 'queued', touched_at = now()
     WHERE workspace_id = $1 AND operation_id = $2 AND chunk IN (
       SELECT chunk FROM copy_chunks WHERE workspace_id = $1 AND operation_id = $2 AND status = 'waiting' ORDER BY chunk LIMIT $3)
     RETURNING chunk, run`,
    [workspaceId, operationId, count],
  );
  return rows.map(({ chunk, run }) => ({ operationId, chunk, run }));
};

/** End the operation when all its chunks are done; answers its status. The caller holds the operation's row lock. */
export const endOperationIfDone = async (
  sql: SqlSession,
  workspaceId: WorkspaceId,
  operationId: CopyOperationId,
  outbox: Outbox,
): Promise<CopyStatus> => {
  const row = await sql.first<CopyCounts & { kind: OperationKind; status: CopyStatus; open: number }>(
    `SELECT kind, status, total, done, failed, cancelled,
       (SELECT count(*)::int FROM copy_chunks c WHERE c.workspace_id = $1 AND c.operation_id = $2 AND c.status <> 'done') AS open
     FROM copy_operations WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, operationId],
  );
  if (!row || row.open > 0) return row?.status ?? 'queued';
  const status = finalStatus(row);
  await sql.affected(
    `UPDATE copy_operations SET status = $3, finished_at = now() WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, operationId, status],
  );
  const { total, done, failed, cancelled } = row;
  await outbox.publish([
    { wireName: `deals.${row.kind}_finished`, payload: { operationId, status, total, done, failed, cancelled } },
  ]);
  return status;
};
