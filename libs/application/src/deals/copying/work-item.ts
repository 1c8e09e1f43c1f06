import type { AmoDealId } from '#domain/shared/ids.js';
import type { CopyItem, ItemStep } from '#domain/deals/copy-item.js';
import type { CopyPlan, CopyRemark } from '#domain/deals/copy-plan.js';

/** An item in the hands of a worker: what is stored, and what was found out since. */
export interface WorkItem {
  readonly item: CopyItem;
  step: ItemStep;
  dealId: AmoDealId | null;
  /** Null until the source was read, and for ended items. */
  plan: CopyPlan | null;
  remarks: CopyRemark[];
  ended: boolean;
}

/** Start work on a stored item. */
export const toWorkItem = (item: CopyItem): WorkItem => ({
  item,
  step: item.step,
  dealId: item.targetDealId,
  plan: null,
  remarks: [],
  ended: false,
});

/** Positions of items in their operation. */
export const seqsOf = (items: readonly WorkItem[]): readonly number[] => items.map(({ item }) => item.seq);
