import { randomUUID } from 'node:crypto';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { JobContract } from '#application/shared/jobs/job-contract.js';
import type { JobQueue, QueuedJob } from '#application/shared/ports/job-queue.js';

/** What a job of a schedule is given: its workspace, and the number of the period that it belongs to. */
export interface PeriodPayload {
  readonly workspaceId: string;
  readonly period: number;
}

/**
 * Queue one job for each of these workspaces in the current period. Any number of schedules may do so at once: the
 * job's key has the period in it, and a key that is known already is no second job.
 */
export const queueForPeriod = async <P extends PeriodPayload>(
  queue: JobQueue,
  job: JobContract<P>,
  workspaces: readonly WorkspaceId[],
  periodMs: number,
): Promise<void> => {
  if (workspaces.length === 0) return;
  const contract = job as unknown as QueuedJob['contract'];
  const period = Math.floor(Date.now() / periodMs);
  await queue.add(
    workspaces.map((workspaceId) => ({
      contract,
      payload: { workspaceId, period },
      correlationId: randomUUID(),
      delayMs: 0,
    })),
  );
};
