import { IsUUID } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '#application/shared/jobs/job-contract.js';
import { RebuildFiguresCommand } from '../commands/rebuild-figures/rebuild-figures.command.js';

class RebuildFiguresPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  /** Of the request that asked for it. */
  @IsUUID()
  runId: string;
}

/** Figures of one workspace on their way to being made again. */
export const rebuildFiguresJob = defineJob({
  name: 'analytics.rebuild-figures',
  version: 1,
  queue: 'analytics',
  payload: RebuildFiguresPayload,
  key: ({ runId }) => `figures-${runId}`,
  attempts: 5,
  backoff: { kind: 'exponential', delayMs: 5_000 },
  keep: { doneHours: 24, failedDays: 14 },
  toCommand: () => new RebuildFiguresCommand(),
});
