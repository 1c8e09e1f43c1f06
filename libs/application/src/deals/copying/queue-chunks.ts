import type { WorkspaceId } from '#domain/shared/ids.js';
import type { Operation } from '#domain/deals/copy-operation.js';
import type { JobContract } from '../../shared/jobs/job-contract.js';
import type { Outbox } from '../../shared/ports/outbox.js';
import { copyBulkChunkJob, copyChunkJob, type CopyChunkPayload } from '../jobs/copy-chunk.job.js';
import { transferBulkChunkJob, transferChunkJob } from '../jobs/transfer-chunk.job.js';
import type { ChunkRef } from '../ports/copy-chunks.js';

const JOBS = {
  copy: { waited: copyChunkJob, bulk: copyBulkChunkJob },
  transfer: { waited: transferChunkJob, bulk: transferBulkChunkJob },
} as const;

/** The job that carries a chunk of an operation. */
export const chunkJobFor = ({ kind, lane }: Pick<Operation, 'kind' | 'lane'>): JobContract<CopyChunkPayload> =>
  JOBS[kind][lane === 'bulk' ? 'bulk' : 'waited'];

/** Put the jobs of these chunks into the outbox of the open transaction. */
export const queueChunks = async (
  outbox: Outbox,
  workspaceId: WorkspaceId,
  operation: Pick<Operation, 'kind' | 'lane'>,
  refs: readonly ChunkRef[],
): Promise<void> => {
  for (const ref of refs) await outbox.enqueue(chunkJobFor(operation), { workspaceId, ...ref });
};
