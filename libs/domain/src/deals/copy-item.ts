import type { AmoDealId, CopyItemId } from '../shared/ids.js';
import type { CopyRemark } from './copy-plan.js';

/** Where an item ends up; `pending` has not begun, `running` is under way. */
export const COPY_ITEM_STATUSES = ['pending', 'running', 'done', 'failed', 'cancelled'] as const;
export type CopyItemStatus = (typeof COPY_ITEM_STATUSES)[number];

/**
 * How far an item has come, stored before and after every write to amoCRM. The `…ing` steps mean: the write was
 * intended, its outcome is not known to us; whoever resumes asks amoCRM before writing again.
 */
export const COPY_STEPS = [
  'new',
  'creating',
  'created',
  'linking',
  'linked',
  'tasking',
  'tasked',
  'noting',
  'noted',
] as const;
export type CopyStep = (typeof COPY_STEPS)[number];

/**
 * The same for a transfer: the deal itself, its tasks, its contacts (`handing`), then its company (`entrusting`). `new` is planned anew by whoever
 * takes it up; from `moving` on, what is to be changed is stored and does not change any more.
 */
export const TRANSFER_STEPS = [
  'new',
  'moving',
  'moved',
  'tasking',
  'tasked',
  'handing',
  'handed',
  'entrusting',
  'entrusted',
] as const;
export type TransferStep = (typeof TRANSFER_STEPS)[number];

/** A step of an item of any operation. */
export type ItemStep = CopyStep | TransferStep;

/** Steps at which the deal itself is known to exist. */
export const hasCopy = (step: ItemStep): boolean => step !== 'new' && step !== 'creating';

/** One deal of an operation on its way: to becoming a copy, or to its new place. */
export interface CopyItem {
  readonly id: CopyItemId;
  /** 0-based position in its operation. */
  readonly seq: number;
  readonly sourceDealId: AmoDealId;
  readonly targetDealId: AmoDealId | null;
  readonly status: CopyItemStatus;
  readonly step: ItemStep;
  /** When the last write was intended, by our clock; null before the first. */
  readonly intendedAt: Date | null;
  /** The same moment by amoCRM's clock. */
  readonly intendedAtAmo: Date | null;
  /** The deal field that the marker of the intended copy was written to; null before the first intent. */
  readonly markerFieldId: number | null;
  readonly remarks: readonly CopyRemark[];
}

/** How an item ended: what is told to its user. */
export interface CopyItemOutcome {
  readonly seq: number;
  readonly status: 'done' | 'failed' | 'cancelled';
  readonly error: CopyRemark | null;
  readonly remarks: readonly CopyRemark[];
}
