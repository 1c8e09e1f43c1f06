import { AppError } from '../shared/app-error.js';
import { AggregateRoot } from '../shared/aggregate-root.js';
import type { AmoDealId, CopyOperationId, HookTokenId, UserId } from '../shared/ids.js';
import type { CopyOptions } from './copy-options.js';
import { dealsErrors } from './deals.errors.js';

export const COPY_STATUSES = ['queued', 'running', 'succeeded', 'partially_succeeded', 'failed', 'cancelled'] as const;
export type CopyStatus = (typeof COPY_STATUSES)[number];

/** Sources of one chunk: they are read, written and leased together. A page of amoCRM's lists. */
export const CHUNK_SIZE = 250;
/** Chunks of one operation that are queued at once: enough to hide the network, few enough to let others in. */
export const CHUNKS_IN_FLIGHT = 3;
/** Up to so many sources are a person's errand and go before bulk work. */
export const PERSON_MAX_SOURCES = 10;

export type CopyLane = 'person' | 'trigger' | 'bulk';

export interface CopyCounts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** What is asked for: everything that is fixed when an operation is made. */
export interface CopyOrder {
  readonly id: CopyOperationId;
  readonly origin: 'request' | 'hook';
  readonly sourceIds: readonly AmoDealId[];
  readonly options: CopyOptions;
  readonly requestedBy: UserId | null;
  /** The requester among amoCRM's users: known from the widget, or found by e-mail. */
  readonly requesterAmoUserId: number | null;
  readonly hookTokenId: HookTokenId | null;
  /** Hex SHA-256 of who asked for what: finds a double click. */
  readonly fingerprint: string;
  /** Where the turn of a round-robin stands at the first item. */
  readonly turnBase: number;
  readonly at: Date;
}

/** Copies asked for together: one answer, one progress, one cancel button. */
export class CopyOperation extends AggregateRoot {
  private constructor(
    readonly order: Omit<CopyOrder, 'sourceIds'>,
    readonly lane: CopyLane,
    readonly status: CopyStatus,
    readonly counts: CopyCounts,
    readonly cancelRequestedAt: Date | null,
  ) {
    super();
  }

  /** Make an operation; it is queued at once. */
  static plan(order: CopyOrder): CopyOperation {
    const { sourceIds, ...rest } = order;
    const counts = { total: sourceIds.length, done: 0, failed: 0, cancelled: 0 };
    const operation = new CopyOperation(rest, laneOf(order), 'queued', counts, null);
    operation.raise({
      wireName: 'deals.copy_planned',
      payload: { operationId: order.id, total: sourceIds.length, origin: order.origin },
    });
    return operation;
  }

  /** An operation as it was stored. */
  static stored(state: {
    order: Omit<CopyOrder, 'sourceIds'>;
    lane: CopyLane;
    status: CopyStatus;
    counts: CopyCounts;
    cancelRequestedAt: Date | null;
  }): CopyOperation {
    return new CopyOperation(state.order, state.lane, state.status, state.counts, state.cancelRequestedAt);
  }

  get id(): CopyOperationId {
    return this.order.id;
  }

  get isFinished(): boolean {
    return isFinal(this.status);
  }

  /** @throws AppError `deals.copy_finished` (conflict) when there is nothing left to cancel */
  assertCancellable(): void {
    if (this.isFinished) throw new AppError(dealsErrors['deals.copy_finished'], { details: { status: this.status } });
  }

  /** @throws AppError `deals.nothing_to_retry` (conflict) while it runs or when no item failed */
  assertRetryable(): void {
    if (!this.isFinished || this.counts.failed === 0) {
      throw new AppError(dealsErrors['deals.nothing_to_retry'], {
        details: { status: this.status, failed: this.counts.failed },
      });
    }
  }
}

/** True for a status that does not change by itself any more. */
export const isFinal = (status: CopyStatus): boolean => status !== 'queued' && status !== 'running';

/** How an operation ends, given how its items did. */
export const finalStatus = ({ total, done, failed, cancelled }: CopyCounts): CopyStatus => {
  if (done === total) return 'succeeded';
  if (cancelled > 0) return 'cancelled';
  return done === 0 && failed > 0 ? 'failed' : 'partially_succeeded';
};

/** Numbers of the chunks that `total` sources are split into. */
export const chunkCount = (total: number): number => Math.ceil(total / CHUNK_SIZE);

const laneOf = ({ origin, sourceIds }: CopyOrder): CopyLane => {
  if (origin === 'hook') return 'trigger';
  return sourceIds.length <= PERSON_MAX_SOURCES ? 'person' : 'bulk';
};
