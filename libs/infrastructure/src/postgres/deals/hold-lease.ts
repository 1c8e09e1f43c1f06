import { AppError } from '#domain/shared/app-error.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import type { ChunkLease } from '#application/deals/ports/copy-chunks.js';
import type { SqlSession } from '../shared/session.js';

/**
 * Check a lease and lock it for the open transaction; every write of a worker begins here.
 *
 * @param leaseMs  how much longer the chunk is to be held; null leaves that as it is
 * @throws AppError `deals.chunk_lost`
 */
export const holdLease = async (
  sql: SqlSession,
  workspaceId: WorkspaceId,
  { ref, leaseId }: ChunkLease,
  leaseMs: number | null = null,
): Promise<void> => {
  const held = await sql.affected(
    `UPDATE copy_chunks SET touched_at = now(),
       lease_until = CASE WHEN $5::float8 IS NULL THEN lease_until ELSE clock_timestamp() + $5 * interval '1 millisecond' END
     WHERE workspace_id = $1 AND operation_id = $2 AND chunk = $3 AND lease_id = $4`,
    [workspaceId, ref.operationId, ref.chunk, leaseId, leaseMs],
  );
  if (held !== 1) throw new AppError(dealsErrors['deals.chunk_lost']);
};
