import type { WorkspaceId } from '#domain/shared/ids.js';
import type { CopyLane, Operation } from '#domain/deals/copy-operation.js';
import type { JobContract } from '../../shared/jobs/job-contract.js';
import type { Outbox } from '../../shared/ports/outbox.js';
import {
  copyBulkChunkJob,
  copyChunkJob,
  type CopyChunkPayload,
  copyTriggeredChunkJob,
} from '../jobs/copy-chunk.job.js';
import { transferBulkChunkJob, transferChunkJob } from '../jobs/transfer-chunk.job.js';
import type { ChunkRef } from '../ports/copy-chunks.js';

const JOBS: Readonly<Record<Operation['kind'], Readonly<Record<CopyLane, JobContract<CopyChunkPayload>>>>> = {
  copy: { person: copyChunkJob, trigger: copyTriggeredChunkJob, bulk: copyBulkChunkJob },
  // Nothing triggers a transfer yet: it is asked for by people and programs.
  transfer: { person: transferChunkJob, trigger: transferChunkJob, bulk: transferBulkChunkJob },
};

/** The job that carries a chunk of an operation. */
export const chunkJobFor = ({ kind, lane }: Pick<Operation, 'kind' | 'lane'>): JobContract<CopyChunkPayload> =>
  JOBS[kind][lane];

/** Put the jobs of these chunks into the outbox of the open transaction. */
export const queueChunks = async (
  outbox: Outbox,
  workspaceId: WorkspaceId,
  operation: Pick<Operation, 'kind' | 'lane'>,
  refs: readonly ChunkRef[],
): Promise<void> => {
  for (const ref of refs) await outbox.enqueue(chunkJobFor(operation), { workspaceId, ...ref });
};
