import type { JobContract } from '../jobs/job-contract.js';

/** One job as the relay hands it over. */
export interface QueuedJob {
  readonly contract: JobContract;
  readonly payload: object;
  readonly correlationId: string;
  /** Milliseconds from now before which it must not start. */
  readonly delayMs: number;
}

/** The queue, seen from the side that fills it. */
export interface JobQueue {
  /**
   * Hand jobs over; one whose key is known already counts as handed over.
   *
   * @throws Error within seconds when the store is away; some of the jobs may be there nevertheless
   */
  add(jobs: readonly QueuedJob[]): Promise<void>;
}
export const JOB_QUEUE = Symbol('JobQueue');
