import { Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { CopyOperationId } from '#domain/shared/ids.js';
import type { CopyItemStatus } from '#domain/deals/copy-item.js';
import { COPY_STEPS } from '#domain/deals/copy-item.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '#application/shared/paging.js';
import type { CopyFilter, CopyItemRecord, CopyScreens } from '#application/deals/ports/copy-screens.js';
import type { CopyListItemView, CopyView } from '#application/deals/queries/get-copy/copy.view.js';
import { currentSession } from '../shared/session.js';
import { type CopyItemRow, type CopyOperationRow, ITEM_COLUMNS, itemFrom, OPERATION_COLUMNS } from './copy-rows.js';

const STEPS = `ARRAY[${COPY_STEPS.map((step) => `'${step}'`).join(', ')}]`;
const LAST_STEP = COPY_STEPS.length - 1;

// Counted from the items: at most 10 000 rows of one operation, found by the head of their primary key.
const PROGRESS = `
  SELECT count(*) FILTER (WHERE i.target_deal_id IS NOT NULL)::int AS created,
    coalesce(sum(CASE WHEN i.status IN ('done', 'failed', 'cancelled') THEN ${LAST_STEP} ELSE array_position(${STEPS}, i.step) - 1 END), 0)::int AS steps
  FROM copy_items i WHERE i.workspace_id = o.workspace_id AND i.operation_id = o.id`;

type ScreenRow = CopyOperationRow & { readonly created: number; readonly steps: number };

const badCursor = () =>
  new AppError(sharedErrors['shared.validation_failed'], {
    issues: [{ path: 'cursor', code: 'malformed', message: 'is not a cursor of this list' }],
  });

/** The screens of copying, straight from SQL. */
@Injectable()
export class PgCopyScreens implements CopyScreens {
  constructor(private readonly context: CurrentContext) {}

  async operation(id: CopyOperationId): Promise<CopyView | null> {
    const row = await currentSession().first<ScreenRow>(
      `SELECT ${OPERATION_COLUMNS}, p.created, p.steps FROM copy_operations o, LATERAL (${PROGRESS}) p WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id],
    );
    return row ? { ...listItem(row), options: row.options } : null;
  }

  async operations({ status, origin }: CopyFilter, { limit, cursor }: PageRequest): Promise<Page<CopyListItemView>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, 2);
    if (after === undefined) throw badCursor();
    const rows = await currentSession().rows<ScreenRow>(
      `SELECT ${OPERATION_COLUMNS}, p.created, p.steps FROM copy_operations o, LATERAL (${PROGRESS}) p
       WHERE workspace_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR origin = $3)
         AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $6`,
      [this.context.workspaceId(), status ?? null, origin ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    return pageOf(rows, limit, listItem, (row) => [row.created_at.toISOString(), row.id]);
  }

  async items(
    id: CopyOperationId,
    { status }: { status?: CopyItemStatus },
    { limit, cursor }: PageRequest,
  ): Promise<Page<CopyItemRecord>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, 1);
    if (after === undefined || (after && typeof after[0] !== 'number')) throw badCursor();
    const rows = await currentSession().rows<CopyItemRow>(
      `SELECT ${ITEM_COLUMNS} FROM copy_items
       WHERE workspace_id = $1 AND operation_id = $2 AND ($3::text IS NULL OR status = $3) AND seq > $4 ORDER BY seq LIMIT $5`,
      [this.context.workspaceId(), id, status ?? null, after?.[0] ?? -1, limit + 1],
    );
    return pageOf(rows, limit, record, (row) => [row.seq]);
  }
}

const pageOf = <R, T>(
  rows: readonly R[],
  limit: number,
  view: (row: R) => T,
  keyOf: (row: R) => readonly (string | number)[],
): Page<T> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
};

const listItem = (row: ScreenRow): CopyListItemView => ({
  id: row.id,
  status: row.status,
  origin: row.origin,
  lane: row.lane,
  progress: {
    total: row.total,
    done: row.done,
    failed: row.failed,
    cancelled: row.cancelled,
    created: row.created,
    percent: Math.floor((100 * row.steps) / (row.total * LAST_STEP)),
  },
  requestedBy: row.requested_by,
  requesterAmoUserId: row.requester_amo_user_id === null ? null : Number(row.requester_amo_user_id),
  hookTokenId: row.hook_token_id,
  cancelRequested: row.cancel_requested_at !== null,
  createdAt: row.created_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
});

const record = (row: CopyItemRow): CopyItemRecord => {
  const { id, seq, sourceDealId, targetDealId, status, step, remarks } = itemFrom(row);
  return {
    id,
    seq,
    sourceDealId,
    targetDealId,
    status,
    step,
    remarks,
    error: row.error,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
};
