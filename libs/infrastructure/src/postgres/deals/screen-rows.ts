import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { ItemStep } from '#domain/deals/copy-item.js';
import type { CopyItemRow, CopyOperationRow } from './copy-rows.js';

/** The steps as an array of SQL. */
export const stepsSql = (steps: readonly ItemStep[]): string => `ARRAY[${steps.map((step) => `'${step}'`).join(', ')}]`;

/** SQL over the items `i` of an operation: how many steps they have come in all; ended ones count as whole. */
export const stepsMadeSql = (steps: readonly ItemStep[]): string =>
  `coalesce(sum(CASE WHEN i.status IN ('done', 'failed', 'cancelled') THEN ${steps.length - 1}
    ELSE array_position(${stepsSql(steps)}, i.step) - 1 END), 0)::int`;

/** What the screens of every kind show of an operation. */
export const operationView = (row: CopyOperationRow) => ({
  id: row.id as string,
  status: row.status,
  lane: row.lane,
  requestedBy: row.requested_by as string | null,
  cancelRequested: row.cancel_requested_at !== null,
  createdAt: row.created_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
});

/** @param steps  how many its items have come in all, of so many that each has */
export const progressView = (row: CopyOperationRow & { readonly steps: number }, stepsOfItem: number) => ({
  total: row.total,
  done: row.done,
  failed: row.failed,
  cancelled: row.cancelled,
  percent: Math.floor((100 * row.steps) / (row.total * stepsOfItem)),
});

/** What the screens of every kind show of an item. */
export const itemView = (row: CopyItemRow) => ({
  id: row.id as string,
  seq: row.seq,
  sourceDealId: Number(row.source_deal_id),
  status: row.status,
  remarks: row.remarks,
  error: row.error as CopyRemark | null,
  finishedAt: row.finished_at?.toISOString() ?? null,
});
