import { IsInt, IsISO8601, IsUUID, Min } from 'class-validator';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { defineJob } from '#application/shared/jobs/job-contract.js';
import { DispatchHookCommand } from '../commands/dispatch-hook/dispatch-hook.command.js';
import { FailHookCommand } from '../commands/fail-hook/fail-hook.command.js';
import type { ClaimedHook } from '../ports/hook-inbox.js';

export class DispatchHookPayload implements ClaimedHook {
  @IsUUID()
  workspaceId: WorkspaceId;

  @IsUUID()
  hookId: string;

  @IsISO8601({ strict: true })
  receivedAt: string;

  @IsInt()
  @Min(0)
  run: number;
}

/**
 * One stored hook on its way to what it starts. A hook that is claimed again while its job waits is the same job; the
 * run grows only after many claims, so that a kept failed job cannot swallow the hook for ever.
 */
export const dispatchHookJob = defineJob({
  name: 'crm.dispatch-hook',
  version: 1,
  queue: 'crm',
  payload: DispatchHookPayload,
  key: ({ hookId, run }) => `hook-${hookId}-${run}`,
  attempts: 10,
  backoff: { kind: 'exponential', delayMs: 1_000 },
  keep: { doneHours: 1, failedDays: 14 },
  // Before directory refreshes: somebody waits for the copy.
  priority: () => 1,
  toCommand: (hook) => new DispatchHookCommand(hook),
  onExhausted: (hook, { code }) => new FailHookCommand(hook, code),
});
