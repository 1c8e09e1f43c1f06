import type { AmoDealId, CopyItemId, HookTokenId, OperationId, UserId } from '#domain/shared/ids.js';
import type { CopyItem, CopyItemStatus, ItemStep } from '#domain/deals/copy-item.js';
import {
  type CopyLane,
  type CopyStatus,
  Operation,
  type OperationKind,
  type OperationOrder,
} from '#domain/deals/copy-operation.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';

/** Columns of `copy_operations`, in the order of `CopyOperationRow`. */
export const OPERATION_COLUMNS = `id, status, origin, lane, options, fingerprint, requested_by, requester_amo_user_id, hook_token_id,
  turn_base, kind, undo_of, total, done, failed, cancelled, cancel_requested_at, created_at, started_at, finished_at`;

// bigint columns arrive as texts: pg does not cut them to doubles by itself.
export interface CopyOperationRow<K extends OperationKind = OperationKind> {
  readonly id: OperationId;
  readonly kind: K;
  readonly undo_of: OperationId | null;
  readonly status: CopyStatus;
  readonly origin: 'request' | 'hook';
  readonly lane: CopyLane;
  readonly options: OperationOrder<K>['options'];
  readonly fingerprint: string;
  readonly requested_by: UserId | null;
  readonly requester_amo_user_id: string | null;
  readonly hook_token_id: HookTokenId | null;
  readonly turn_base: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly cancel_requested_at: Date | null;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

export const operationFrom = <K extends OperationKind>(row: CopyOperationRow<K>): Operation<K> =>
  Operation.stored({
    order: {
      kind: row.kind,
      id: row.id,
      origin: row.origin,
      options: row.options,
      fingerprint: row.fingerprint,
      requestedBy: row.requested_by,
      requesterAmoUserId: row.requester_amo_user_id === null ? null : Number(row.requester_amo_user_id),
      hookTokenId: row.hook_token_id,
      undoOf: row.undo_of,
      turnBase: Number(row.turn_base),
      at: row.created_at,
    },
    lane: row.lane,
    status: row.status,
    counts: { total: row.total, done: row.done, failed: row.failed, cancelled: row.cancelled },
    cancelRequestedAt: row.cancel_requested_at,
  });

/** Columns of `copy_items`, in the order of `CopyItemRow`. */
export const ITEM_COLUMNS =
  'id, seq, source_deal_id, target_deal_id, status, step, intended_at, intended_at_amo, marker_field_id, remarks, error, finished_at';

export interface CopyItemRow {
  readonly id: CopyItemId;
  readonly seq: number;
  readonly source_deal_id: string;
  readonly target_deal_id: string | null;
  readonly status: CopyItemStatus;
  readonly step: ItemStep;
  readonly intended_at: Date | null;
  readonly intended_at_amo: Date | null;
  readonly marker_field_id: string | null;
  readonly remarks: readonly CopyRemark[];
  readonly error: CopyRemark | null;
  readonly finished_at: Date | null;
}

export const itemFrom = (row: CopyItemRow): CopyItem => ({
  id: row.id,
  seq: row.seq,
  sourceDealId: Number(row.source_deal_id) as AmoDealId,
  targetDealId: row.target_deal_id === null ? null : (Number(row.target_deal_id) as AmoDealId),
  status: row.status,
  step: row.step,
  intendedAt: row.intended_at,
  intendedAtAmo: row.intended_at_amo,
  markerFieldId: row.marker_field_id === null ? null : Number(row.marker_field_id),
  remarks: row.remarks,
});
