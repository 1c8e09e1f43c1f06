import { AppError } from '../shared/app-error.js';
import { AggregateRoot } from '../shared/aggregate-root.js';
import type { AmoDealId, HookTokenId, OperationId, UserId } from '../shared/ids.js';
import type { CopyOptions } from './copy-options.js';
import { dealsErrors } from './deals.errors.js';
import type { TransferOptions } from './transfer/transfer-options.js';

export const COPY_STATUSES = ['queued', 'running', 'succeeded', 'partially_succeeded', 'failed', 'cancelled'] as const;
export type CopyStatus = (typeof COPY_STATUSES)[number];

/** Sources of one chunk: they are read, written and leased together. A page of amoCRM's lists. */
export const CHUNK_SIZE = 250;
/** Chunks of one operation that are queued at once: enough to hide the network, few enough to let others in. */
export const CHUNKS_IN_FLIGHT = 3;
/** Up to so many sources are a person's errand and go before bulk work. */
export const PERSON_MAX_SOURCES = 10;

/** What an operation does with its deals. Everything else about operations is the same for all kinds. */
export type OperationKind = 'copy' | 'transfer';

interface OptionsOf {
  readonly copy: CopyOptions;
  readonly transfer: TransferOptions;
}

export type CopyLane = 'person' | 'trigger' | 'bulk';

export interface CopyCounts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** What is asked for: everything that is fixed when an operation is made. */
export interface OperationOrder<K extends OperationKind> {
  readonly kind: K;
  readonly id: OperationId;
  readonly origin: 'request' | 'hook';
  readonly sourceIds: readonly AmoDealId[];
  readonly options: OptionsOf[K];
  readonly requestedBy: UserId | null;
  /** The requester among amoCRM's users: known from the widget, or found by e-mail. */
  readonly requesterAmoUserId: number | null;
  readonly hookTokenId: HookTokenId | null;
  /** The transfer that this one puts back; null for all others. */
  readonly undoOf: OperationId | null;
  /** Hex SHA-256 of who asked for what: finds a double click. */
  readonly fingerprint: string;
  /** Where the turn of a round-robin stands at the first item. */
  readonly turnBase: number;
  readonly at: Date;
}

const ERRORS = {
  copy: { finished: dealsErrors['deals.copy_finished'], nothingToRetry: dealsErrors['deals.nothing_to_retry'] },
  transfer: {
    finished: dealsErrors['deals.transfer_finished'],
    nothingToRetry: dealsErrors['deals.transfer_nothing_to_retry'],
  },
} as const;

/** Deals to be worked on together: one answer, one progress, one cancel button. */
export class Operation<K extends OperationKind = OperationKind> extends AggregateRoot {
  private constructor(
    readonly order: Omit<OperationOrder<K>, 'sourceIds'>,
    readonly lane: CopyLane,
    readonly status: CopyStatus,
    readonly counts: CopyCounts,
    readonly cancelRequestedAt: Date | null,
  ) {
    super();
  }

  /** Make an operation; it is queued at once. */
  static plan<K extends OperationKind>({ sourceIds, ...order }: OperationOrder<K>): Operation<K> {
    const counts = { total: sourceIds.length, done: 0, failed: 0, cancelled: 0 };
    const operation = new Operation<K>(order, laneOf({ ...order, sourceIds }), 'queued', counts, null);
    operation.raise({
      wireName: `deals.${order.kind}_planned`,
      payload: { operationId: order.id, total: sourceIds.length, origin: order.origin },
    });
    return operation;
  }

  /** An operation as it was stored. */
  static stored<K extends OperationKind>(state: {
    order: Omit<OperationOrder<K>, 'sourceIds'>;
    lane: CopyLane;
    status: CopyStatus;
    counts: CopyCounts;
    cancelRequestedAt: Date | null;
  }): Operation<K> {
    return new Operation(state.order, state.lane, state.status, state.counts, state.cancelRequestedAt);
  }

  get kind(): K {
    return this.order.kind;
  }

  get id(): OperationId {
    return this.order.id;
  }

  get isFinished(): boolean {
    return isFinal(this.status);
  }

  is<W extends OperationKind>(kind: W): this is Operation<W> {
    return this.order.kind === (kind as OperationKind);
  }

  /** @throws AppError `deals.copy_finished` or `deals.transfer_finished` (conflict) when there is nothing left to cancel */
  assertCancellable(): void {
    if (this.isFinished) throw new AppError(ERRORS[this.kind].finished, { details: { status: this.status } });
  }

  /** @throws AppError `deals.nothing_to_retry` or `deals.transfer_nothing_to_retry` (conflict) while it runs or when no item failed */
  assertRetryable(): void {
    if (!this.isFinished || this.counts.failed === 0) {
      throw new AppError(ERRORS[this.kind].nothingToRetry, {
        details: { status: this.status, failed: this.counts.failed },
      });
    }
  }
}

/** Operations of one kind. */
export type CopyOperation = Operation<'copy'>;
export type TransferOperation = Operation<'transfer'>;

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

const laneOf = ({ origin, sourceIds }: Pick<OperationOrder<OperationKind>, 'origin' | 'sourceIds'>): CopyLane => {
  if (origin === 'hook') return 'trigger';
  return sourceIds.length <= PERSON_MAX_SOURCES ? 'person' : 'bulk';
};
