import { IsInt, IsUUID, Min } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '#application/shared/jobs/job-contract.js';
import { CheckConnectionCommand } from '../commands/check-connection/check-connection.command.js';

export class CheckConnectionPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  /** Number of the period that asks: one question a period, however many schedules run. */
  @IsInt()
  @Min(0)
  period: number;
}

/** Ask whether an account that was blocked, or not paid for, lets us in again. */
export const checkConnectionJob = defineJob({
  name: 'crm.check-connection',
  version: 1,
  queue: 'crm',
  payload: CheckConnectionPayload,
  key: ({ workspaceId, period }) => `check-${workspaceId}-${period}`,
  // The next period asks again: more requests in between would only keep a block alive.
  attempts: 1,
  backoff: { kind: 'exponential', delayMs: 5_000 },
  keep: { doneHours: 1, failedDays: 1 },
  priority: () => 2,
  toCommand: () => new CheckConnectionCommand(),
});
