import { IsInt, IsUUID, Min } from 'class-validator';
import type { CopyOperationId, WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '../../shared/jobs/job-contract.js';
import { CopyChunkCommand } from '../commands/copy-chunk/copy-chunk.command.js';
import { FailChunkCommand } from '../commands/fail-chunk/fail-chunk.command.js';

export class CopyChunkPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  @IsUUID()
  operationId: CopyOperationId;

  @IsInt()
  @Min(0)
  chunk: number;

  @IsInt()
  @Min(1)
  run: number;
}

/** What jobs that carry a chunk have in common, whatever is done with its deals. */
export const chunkJobTraits = {
  version: 1,
  payload: CopyChunkPayload,
  attempts: 10,
  backoff: { kind: 'exponential', delayMs: 1_000 },
  keep: { doneHours: 24, failedDays: 14 },
  onExhausted: ({ operationId, chunk, run }: CopyChunkPayload, reason: { code: string; detail: string }) =>
    new FailChunkCommand({ operationId, chunk, run }, reason.code),
} as const;

const shared = {
  ...chunkJobTraits,
  // A resumed operation takes the next run: a kept failed job would swallow the old id.
  key: ({ operationId, chunk, run }: CopyChunkPayload) => `copy-${operationId}-${chunk}-${run}`,
  toCommand: ({ operationId, chunk, run }: CopyChunkPayload) => new CopyChunkCommand({ operationId, chunk, run }),
} as const;

/** Up to 250 copies that somebody waits for: asked for one by one. */
export const copyChunkJob = defineJob<CopyChunkPayload>({ ...shared, name: 'deals.copy-chunk', queue: 'deals-copy' });

/** A copy that a trigger asked for; hundreds of deals may enter a stage at once, and a person's copy stays ahead of them. */
export const copyTriggeredChunkJob = defineJob<CopyChunkPayload>({
  ...shared,
  name: 'deals.copy-triggered-chunk',
  queue: 'deals-trigger',
});

/** Up to 250 copies of a bulk operation; a queue of its own, so that bulk never holds the hands that people need. */
export const copyBulkChunkJob = defineJob<CopyChunkPayload>({
  ...shared,
  name: 'deals.copy-bulk-chunk',
  queue: 'deals-bulk',
});
