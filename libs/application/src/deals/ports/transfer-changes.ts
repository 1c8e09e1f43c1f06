import type { AmoDealId, TransferId } from '#domain/shared/ids.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { ChangedEntity, ChangeState, EntityChange } from '#domain/deals/transfer/entity-change.js';
import type { ChunkLease } from './copy-chunks.js';

/** A change as it is stored with the item at `seq`. */
export interface StoredChange extends EntityChange {
  readonly seq: number;
  readonly state: ChangeState;
  /** Why it was left alone. */
  readonly remark: CopyRemark | null;
}

/** What is planned for one item. */
export interface ItemChanges {
  readonly seq: number;
  readonly changes: readonly EntityChange[];
}

/** A change that was not stored: another deal of the operation hands the same contact or company over. */
export interface TakenChange {
  readonly seq: number;
  readonly entity: ChangedEntity;
  readonly id: number;
  /** Whom the other deal hands it to; null when it is not known. */
  readonly goesTo: number | null;
}

/**
 * What transfers change: stored before the first write of an item, marked as it is written, kept for its undoing. Each
 * call is one step of the open transaction; those that take a lease throw AppError `deals.chunk_lost` without it.
 */
export interface TransferChanges {
  /** Store what items at `new` are to change, in place of what was planned for them before. */
  plan(lease: ChunkLease, plans: readonly ItemChanges[]): Promise<readonly TakenChange[]>;
  /** The changes of these items. */
  of(operationId: TransferId, seqs: readonly number[]): Promise<readonly StoredChange[]>;
  mark(
    lease: ChunkLease,
    changes: readonly Pick<EntityChange, 'entity' | 'id'>[],
    state: ChangeState,
    remark: CopyRemark | null,
  ): Promise<void>;
  /** What a transfer has changed, or may have, of these deals and with them. */
  madeBy(
    operationId: TransferId,
    dealIds: readonly AmoDealId[],
  ): Promise<ReadonlyMap<AmoDealId, readonly EntityChange[]>>;
  /** Deals of a transfer that there is something to put back of, in its order. */
  dealsChangedBy(operationId: TransferId): Promise<readonly AmoDealId[]>;
}
export const TRANSFER_CHANGES = Symbol('TransferChanges');
