import type { WorkspaceId } from '#domain/shared/ids.js';
import type { CopyLane } from '#domain/deals/copy-operation.js';
import type { Outbox } from '../../shared/ports/outbox.js';
import { chunkJobFor } from '../jobs/copy-chunk.job.js';
import type { ChunkRef } from '../ports/copy-chunks.js';

/** Put the jobs of these chunks into the outbox of the open transaction. */
export const queueChunks = async (
  outbox: Outbox,
  workspaceId: WorkspaceId,
  lane: CopyLane,
  refs: readonly ChunkRef[],
): Promise<void> => {
  for (const ref of refs) await outbox.enqueue(chunkJobFor(lane), { workspaceId, ...ref });
};
