import type { DomainEvent } from '#domain/shared/aggregate-root.js';
import type { JobContract } from '../jobs/job-contract.js';

export interface EnqueueOptions {
  /** Do not start before this many milliseconds from now. */
  readonly delayMs?: number;
}

/**
 * What leaves with the transaction: jobs and events become rows here and are handed to the queue afterwards.
 * A crash in between hands over twice; job keys and idempotency make that safe.
 */
export interface Outbox {
  enqueue<P extends object>(job: JobContract<P>, payload: P, options?: EnqueueOptions): Promise<void>;
  publish(events: readonly DomainEvent[]): Promise<void>;
}
export const OUTBOX = Symbol('Outbox');
