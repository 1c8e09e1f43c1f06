import type { AmoDealId, CopyItemId, CopyOperationId, HookTokenId, OperationId } from '#domain/shared/ids.js';
import type { CopyStatus, Operation, OperationKind } from '#domain/deals/copy-operation.js';
import type { ChunkRef } from './copy-chunks.js';

/** Operations of the current workspace. All of it runs in the open transaction. */
export interface CopyOperations {
  /** Store a new operation with its items and chunks, and its events. Answers the chunks that are to be queued now. */
  add(
    operation: Operation,
    items: readonly { id: CopyItemId; sourceDealId: AmoDealId }[],
  ): Promise<readonly ChunkRef[]>;
  /**
   * Read and lock an operation.
   *
   * @throws AppError `deals.copy_not_found`, `deals.transfer_not_found` when there is none of this kind
   */
  lock<K extends OperationKind>(id: OperationId, kind: K): Promise<Operation<K>>;
  /** Whose job a chunk of this operation is. */
  jobOf(id: OperationId): Promise<Pick<Operation, 'kind' | 'lane'>>;
  /** The newest operation with this fingerprint made after `since`; makes concurrent twins wait for each other. */
  findTwin(fingerprint: string, since: Date): Promise<{ id: CopyOperationId; status: CopyStatus } | null>;
  /**
   * Mark the operation for cancelling; items of chunks that have not begun are cancelled at once, and with nothing
   * under way the operation ends. Answers its new status.
   */
  requestCancel(id: OperationId, at: Date): Promise<CopyStatus>;
  /** Put failed items back to pending, each where it stopped. Answers the chunks that are to be queued now. */
  reopenFailed(id: OperationId): Promise<readonly ChunkRef[]>;
  /** Take `count` turns of the named round-robin and answer the first one's number. */
  takeTurns(name: string, count: number): Promise<number>;
  /** True when this deal may be copied for this hook now; false when that was done within the period. */
  claimTrigger(claim: TriggerClaim): Promise<boolean>;
  /** The operation that the last accepted trigger of this deal and hook started. */
  operationOfTrigger(hookTokenId: HookTokenId, sourceDealId: AmoDealId): Promise<CopyOperationId | null>;
  /** The source of a copy that we made, when `dealId` is one; found in our own records. */
  sourceOfCopy(dealId: AmoDealId): Promise<AmoDealId | null>;
}
export const COPY_OPERATIONS = Symbol('CopyOperations');

export interface TriggerClaim {
  readonly hookTokenId: HookTokenId;
  readonly sourceDealId: AmoDealId;
  readonly operationId: CopyOperationId;
  readonly at: Date;
  /** Once within so many minutes; null = once for ever. */
  readonly withinMinutes: number | null;
}
