import { Injectable } from '@nestjs/common';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { COPY_STEPS, type CopyItemStatus, type CopyStep } from '#domain/deals/copy-item.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { CopyFilter, CopyItemRecord, CopyScreens } from '#application/deals/ports/copy-screens.js';
import type { StoredCopy, StoredCopyListItem } from '#application/deals/queries/get-copy/copy.view.js';
import { currentSession } from '../shared/session.js';
import { itemCursor, operationCursor, pageOf } from './screen-pages.js';
import { type CopyItemRow, type CopyOperationRow, ITEM_COLUMNS, OPERATION_COLUMNS } from './copy-rows.js';
import { itemView, operationView, progressView, stepsMadeSql } from './screen-rows.js';

const LAST_STEP = COPY_STEPS.length - 1;

// Counted from the items: at most 10 000 rows of one operation, found by the head of their primary key.
const PROGRESS = `
  SELECT count(*) FILTER (WHERE i.target_deal_id IS NOT NULL)::int AS created,
    ${stepsMadeSql(COPY_STEPS)} AS steps
  FROM copy_items i WHERE i.workspace_id = o.workspace_id AND i.operation_id = o.id`;

type ScreenRow = CopyOperationRow<'copy'> & { readonly created: number; readonly steps: number };

/** The screens of copying, straight from SQL. */
@Injectable()
export class PgCopyScreens implements CopyScreens {
  constructor(private readonly context: CurrentContext) {}

  async operation(id: CopyOperationId): Promise<StoredCopy | null> {
    const row = await currentSession().first<ScreenRow>(
      `SELECT ${OPERATION_COLUMNS}, p.created, p.steps FROM copy_operations o, LATERAL (${PROGRESS}) p WHERE workspace_id = $1 AND id = $2 AND kind = 'copy'`,
      [this.context.workspaceId(), id],
    );
    return row ? { ...listItem(row), options: row.options } : null;
  }

  async operations({ status, origin }: CopyFilter, { limit, cursor }: PageRequest): Promise<Page<StoredCopyListItem>> {
    const after = operationCursor(cursor);
    const rows = await currentSession().rows<ScreenRow>(
      `SELECT ${OPERATION_COLUMNS}, p.created, p.steps FROM copy_operations o, LATERAL (${PROGRESS}) p
       WHERE workspace_id = $1 AND kind = 'copy' AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR origin = $3)
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
    const after = itemCursor(cursor);
    const rows = await currentSession().rows<CopyItemRow>(
      `SELECT ${ITEM_COLUMNS} FROM copy_items
       WHERE workspace_id = $1 AND operation_id = $2 AND ($3::text IS NULL OR status = $3) AND seq > $4 ORDER BY seq LIMIT $5`,
      [this.context.workspaceId(), id, status ?? null, after, limit + 1],
    );
    return pageOf(rows, limit, record, (row) => [row.seq]);
  }
}

const listItem = (row: ScreenRow): StoredCopyListItem => ({
  ...operationView(row),
  origin: row.origin,
  progress: { ...progressView(row, LAST_STEP), created: row.created },
  requesterAmoUserId: row.requester_amo_user_id === null ? null : Number(row.requester_amo_user_id),
  hookTokenId: row.hook_token_id,
});

const record = (row: CopyItemRow): CopyItemRecord => ({
  ...itemView(row),
  targetDealId: row.target_deal_id === null ? null : Number(row.target_deal_id),
  step: row.step as CopyStep,
});
