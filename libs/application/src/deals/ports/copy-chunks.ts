import type { AmoDealId, CopyOperationId, WorkspaceId } from '#domain/shared/ids.js';
import type { CopyItem, CopyItemOutcome, ItemStep } from '#domain/deals/copy-item.js';
import type { Operation, OperationKind } from '#domain/deals/copy-operation.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { MadeCopy } from '#domain/deals/deals-copied.js';

/** One queueing of one chunk. */
export interface ChunkRef {
  readonly operationId: CopyOperationId;
  readonly chunk: number;
  /** Counts the times the chunk was queued anew; work for an older run is obsolete. */
  readonly run: number;
}

export interface WriteIntent {
  /** amoCRM's clock. */
  readonly amoTime: Date;
  readonly markerFieldId: number;
}

/** What a person should know of one item already. */
export interface ItemRemarks {
  readonly seq: number;
  readonly remarks: readonly CopyRemark[];
}

/** An item that came to a step, with all that is told about it until then. */
export interface ReachedItem extends ItemRemarks {
  /** Id of the copy, when it is new. */
  readonly dealId?: AmoDealId;
}

/** An item whose copy is there. */
export type CreatedCopy = ItemRemarks & MadeCopy;

/** The right to work on a chunk. Every write checks it, so that a worker that was thought dead changes nothing. */
export interface ChunkLease {
  readonly ref: ChunkRef;
  readonly leaseId: string;
}

export interface TakenChunk<K extends OperationKind = 'copy'> {
  readonly kind: 'taken';
  readonly lease: ChunkLease;
  readonly operation: Operation<K>;
  /** Items that have not ended, by position. */
  readonly items: readonly CopyItem[];
  /** Deals of one write, 1 to 50. */
  readonly batchLimit: number;
  /** The database's clock, the one that `CopyItem.intendedAt` was taken from. */
  readonly now: Date;
}

export type ChunkClaim =
  | TakenChunk<OperationKind>
  /** Somebody else works on it. */
  | { readonly kind: 'held'; readonly retryAfterMs: number }
  /** Done, cancelled, or queued anew meanwhile. */
  | { readonly kind: 'obsolete' };

/**
 * Chunks of operations of every kind: leases and the steps of their items. Each call is one short step of the open
 * transaction. Those that take a lease throw AppError `deals.chunk_lost` when it is no longer held.
 */
export interface CopyChunks {
  claim(ref: ChunkRef, leaseId: string, leaseMs: number): Promise<ChunkClaim>;
  extend(lease: ChunkLease, leaseMs: number): Promise<void>;
  release(lease: ChunkLease): Promise<void>;
  /** Record that a write for these items is about to be sent; new copies carry their marker in `markerFieldId`. */
  intend(lease: ChunkLease, seqs: readonly number[], step: ItemStep, intent: WriteIntent): Promise<void>;
  /** Record that these items have come as far as `step`, and what was told about them on the way. */
  reach(lease: ChunkLease, step: ItemStep, items: readonly ReachedItem[]): Promise<void>;
  /** Record that these items have come as far as `created`: their copies are there. Publishes `deals.deals_copied`. */
  created(lease: ChunkLease, copies: readonly CreatedCopy[], at: Date): Promise<void>;
  /** Keep remarks with items that go on: whoever resumes them cannot find out anew what they tell. */
  remember(lease: ChunkLease, items: readonly ItemRemarks[]): Promise<void>;
  /** Record how items ended, and count them. */
  conclude(lease: ChunkLease, outcomes: readonly CopyItemOutcome[]): Promise<void>;
  /** Remember that amoCRM could not finish more than `limit` deals in time. */
  limitBatch(lease: ChunkLease, limit: number): Promise<void>;
  isCancelRequested(operationId: CopyOperationId): Promise<boolean>;
  /** End the chunk; ends the operation with its last one. Answers the chunk that is to be queued next, if any. */
  complete(lease: ChunkLease): Promise<ChunkRef | null>;
  /** Queue a chunk anew whose job was lost; null when that is no longer needed. */
  requeue(ref: ChunkRef, untouchedForMs: number): Promise<ChunkRef | null>;
}
export const COPY_CHUNKS = Symbol('CopyChunks');

/** Chunks of all workspaces that are queued, not leased, and were not touched for a while: their job was lost. */
export interface LostChunks {
  find(untouchedForMs: number, limit: number): Promise<readonly (ChunkRef & { readonly workspaceId: WorkspaceId })[]>;
}
export const LOST_CHUNKS = Symbol('LostChunks');
