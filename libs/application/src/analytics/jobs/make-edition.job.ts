import { IsUUID } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '#application/shared/jobs/job-contract.js';
import { MakeEditionCommand } from '../commands/make-edition/make-edition.command.js';

class MakeEditionPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  /** Of the change that caused it. */
  @IsUUID()
  runId: string;
}

/** Figures of one workspace on their way into the days of another time zone. */
export const makeEditionJob = defineJob({
  name: 'analytics.make-edition',
  version: 1,
  queue: 'analytics',
  payload: MakeEditionPayload,
  key: ({ runId }) => `edition-${runId}`,
  attempts: 8,
  backoff: { kind: 'exponential', delayMs: 5_000 },
  keep: { doneHours: 24, failedDays: 14 },
  toCommand: () => new MakeEditionCommand(),
});
