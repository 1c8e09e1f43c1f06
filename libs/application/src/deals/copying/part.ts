import type { AmoDealId } from '#domain/shared/ids.js';
import type { CopyStep } from '#domain/deals/copy-item.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { AmoCall, BatchOutcome, Keyed, RejectedEntry } from '../ports/amo-deals.js';
import type { WorkItem } from './work-item.js';

/** One thing to write for a copy, with the deal it is written to. */
export interface PartEntry<V> {
  readonly item: WorkItem;
  readonly value: V & { readonly dealId: AmoDealId };
}

/**
 * A kind of thing that belongs to a copy: products, tasks, notes. The writing of all three is the same; this is what
 * differs.
 */
export interface CopyPart<V> {
  /** Step before, while and after it is written. */
  readonly steps: { readonly before: CopyStep; readonly during: CopyStep; readonly after: CopyStep };
  /** All entries of an item whose copy exists. */
  entriesOf(item: WorkItem): readonly PartEntry<V>[];
  /** The entries that amoCRM does not have yet, for items whose writing was interrupted. */
  missingOf(items: readonly WorkItem[], call: AmoCall): Promise<readonly PartEntry<V>[]>;
  write(entries: readonly Keyed<V & { readonly dealId: AmoDealId }>[], call: AmoCall): Promise<BatchOutcome<unknown>>;
  /** What is told when amoCRM refuses an entry; the copy goes on without it. */
  refusalOf(entry: PartEntry<V>, rejected: RejectedEntry): CopyRemark;
}
