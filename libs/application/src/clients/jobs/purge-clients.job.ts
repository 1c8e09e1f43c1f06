import { IsInt, IsUUID, Min } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '#application/shared/jobs/job-contract.js';
import { PurgeClientsCommand } from '../commands/purge-clients/purge-clients.command.js';

class PurgeClientsPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  /** Number of the period that asks. */
  @IsInt()
  @Min(0)
  period: number;
}

/** Empty the bin of a workspace of what has been in it long enough. */
export const purgeClientsJob = defineJob({
  name: 'clients.purge-clients',
  version: 1,
  queue: 'clients',
  payload: PurgeClientsPayload,
  key: ({ workspaceId, period }) => `purge-${workspaceId}-${period}`,
  attempts: 3,
  backoff: { kind: 'exponential', delayMs: 30_000 },
  keep: { doneHours: 1, failedDays: 7 },
  toCommand: () => new PurgeClientsCommand(),
});
