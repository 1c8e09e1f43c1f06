import { IsInt, IsUUID, Min } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '#application/shared/jobs/job-contract.js';
import { RefreshDirectoryCommand } from '../commands/refresh-directory/refresh-directory.command.js';

export class RefreshDirectoryPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  /** Number of the period that asks, e.g. hours since 1970: one refresh a period, however many ask for it. */
  @IsInt()
  @Min(0)
  period: number;
}

/** Read a workspace's account directory again. */
export const refreshDirectoryJob = defineJob({
  name: 'crm.refresh-directory',
  version: 1,
  queue: 'crm',
  payload: RefreshDirectoryPayload,
  key: ({ workspaceId, period }) => `directory-${workspaceId}-${period}`,
  attempts: 5,
  backoff: { kind: 'exponential', delayMs: 5_000 },
  keep: { doneHours: 24, failedDays: 14 },
  // After hooks. It must be said: a job without a priority goes before all that have one.
  priority: () => 2,
  toCommand: () => new RefreshDirectoryCommand(),
});
