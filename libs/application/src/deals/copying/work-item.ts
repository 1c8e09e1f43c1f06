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
  // What was told of an item that has to be planned anew is found out anew.
  remarks: item.step === 'new' ? [] : [...item.remarks],
  ended: false,
});

/** Positions of items in their operation. */
export const seqsOf = (items: readonly WorkItem[]): readonly number[] => items.map(({ item }) => item.seq);

/** Tell it about the item, once. */
export const tell = (item: WorkItem, ...remarks: readonly CopyRemark[]): void => {
  const told = new Set(item.remarks.map(printOf));
  for (const remark of remarks) {
    if (!told.has(printOf(remark))) item.remarks.push(remark);
    told.add(printOf(remark));
  }
};

// Postgres gives the members of a stored remark back in an order of its own.
const printOf = ({ code, params }: CopyRemark): string =>
  JSON.stringify([code, ...Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))]);
