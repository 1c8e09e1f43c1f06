import { defineJob } from '../../shared/jobs/job-contract.js';
import { TransferChunkCommand } from '../commands/transfer-chunk/transfer-chunk.command.js';
import { chunkJobTraits, type CopyChunkPayload } from './copy-chunk.job.js';

const shared = {
  ...chunkJobTraits,
  // A resumed operation takes the next run: a kept failed job would swallow the old id.
  key: ({ operationId, chunk, run }: CopyChunkPayload) => `transfer-${operationId}-${chunk}-${run}`,
  toCommand: ({ operationId, chunk, run }: CopyChunkPayload) => new TransferChunkCommand({ operationId, chunk, run }),
} as const;

/** Up to 250 transfers that somebody waits for; they share the hands of copies that somebody waits for. */
export const transferChunkJob = defineJob<CopyChunkPayload>({
  ...shared,
  name: 'deals.transfer-chunk',
  queue: 'deals-copy',
});

/** Up to 250 transfers of a bulk operation; they share the hands of bulk copies. */
export const transferBulkChunkJob = defineJob<CopyChunkPayload>({
  ...shared,
  name: 'deals.transfer-bulk-chunk',
  queue: 'deals-bulk',
});
