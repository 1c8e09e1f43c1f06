import { Injectable } from '@nestjs/common';
import type { TransferId } from '#domain/shared/ids.js';
import { type CopyItemStatus, TRANSFER_STEPS, type TransferStep } from '#domain/deals/copy-item.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type {
  TransferChangeView,
  TransferFilter,
  TransferItemRecord,
  TransferScreens,
} from '#application/deals/ports/transfer-screens.js';
import type { StoredTransfer, StoredTransferListItem } from '#application/deals/queries/get-transfer/transfer.view.js';
import { currentSession } from '../shared/session.js';
import { type CopyItemRow, type CopyOperationRow, ITEM_COLUMNS, OPERATION_COLUMNS } from './copy-rows.js';
import { itemCursor, operationCursor, pageOf } from './screen-pages.js';
import { itemView, operationView, progressView, stepsMadeSql } from './screen-rows.js';

const LAST_STEP = TRANSFER_STEPS.length - 1;

// Counted from the items: at most 10 000 rows of one operation, found by the head of their primary key.
const PROGRESS = `
  SELECT count(*) FILTER (WHERE i.status = 'done' OR i.step NOT IN ('new', 'moving'))::int AS moved,
    ${stepsMadeSql(TRANSFER_STEPS)} AS steps
  FROM copy_items i WHERE i.workspace_id = o.workspace_id AND i.operation_id = o.id`;

const CHANGES = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('entity', c.entity, 'entityId', c.entity_id, 'before', c.before,
    'after', c.after, 'state', c.state) ORDER BY c.entity = 'deal' DESC, c.entity, c.entity_id), '[]') AS changes
  FROM transfer_changes c WHERE c.workspace_id = i.workspace_id AND c.operation_id = i.operation_id AND c.seq = i.seq`;

type ScreenRow = CopyOperationRow<'transfer'> & { readonly moved: number; readonly steps: number };
type ItemRow = CopyItemRow & { readonly changes: readonly TransferChangeView[] };

/** The screens of transfers, straight from SQL. */
@Injectable()
export class PgTransferScreens implements TransferScreens {
  constructor(private readonly context: CurrentContext) {}

  async operation(id: TransferId): Promise<StoredTransfer | null> {
    const row = await currentSession().first<ScreenRow>(
      `SELECT ${OPERATION_COLUMNS}, p.moved, p.steps FROM copy_operations o, LATERAL (${PROGRESS}) p
       WHERE workspace_id = $1 AND id = $2 AND kind = 'transfer'`,
      [this.context.workspaceId(), id],
    );
    return row ? { ...listItem(row), options: row.options } : null;
  }

  async operations(
    { status, undoOf }: TransferFilter,
    { limit, cursor }: PageRequest,
  ): Promise<Page<StoredTransferListItem>> {
    const after = operationCursor(cursor);
    const rows = await currentSession().rows<ScreenRow>(
      `SELECT ${OPERATION_COLUMNS}, p.moved, p.steps FROM copy_operations o, LATERAL (${PROGRESS}) p
       WHERE workspace_id = $1 AND kind = 'transfer' AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR undo_of = $3)
         AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $6`,
      [this.context.workspaceId(), status ?? null, undoOf ?? null, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    return pageOf(rows, limit, listItem, (row) => [row.created_at.toISOString(), row.id]);
  }

  async items(
    id: TransferId,
    { status }: { status?: CopyItemStatus },
    { limit, cursor }: PageRequest,
  ): Promise<Page<TransferItemRecord>> {
    const rows = await currentSession().rows<ItemRow>(
      `SELECT ${ITEM_COLUMNS}, c.changes FROM copy_items i, LATERAL (${CHANGES}) c
       WHERE workspace_id = $1 AND operation_id = $2 AND ($3::text IS NULL OR status = $3) AND seq > $4 ORDER BY seq LIMIT $5`,
      [this.context.workspaceId(), id, status ?? null, itemCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, record, (row) => [row.seq]);
  }
}

const listItem = (row: ScreenRow): StoredTransferListItem => ({
  ...operationView(row),
  progress: { ...progressView(row, LAST_STEP), moved: row.moved },
  undoOf: row.undo_of,
});

const record = (row: ItemRow): TransferItemRecord => ({
  ...itemView(row),
  step: row.step as TransferStep,
  changes: row.changes,
});
