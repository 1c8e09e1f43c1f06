import type { ItemStep } from '#domain/deals/copy-item.js';
import type { AmoCall, BatchOutcome, Keyed, RejectedEntry } from '../ports/amo-deals.js';
import type { WorkItem } from './work-item.js';

/** One thing to write for an item. */
export interface PartEntry<V> {
  readonly item: WorkItem;
  readonly value: V;
}

/**
 * A kind of thing that is written for items: the products, tasks and notes of copies; the moves of deals, and what is
 * handed over with them. The writing of all of them is the same; this is what differs.
 */
export interface ItemPart<V> {
  /** Step before, while and after it is written. */
  readonly steps: { readonly before: ItemStep; readonly during: ItemStep; readonly after: ItemStep };
  /** Deals go in smaller batches than everything else. */
  readonly batch: 'deals' | 'entries';
  /** All entries of an item at `before`. */
  entriesOf(item: WorkItem): readonly PartEntry<V>[];
  /** The entries that amoCRM does not have yet, for items whose writing was interrupted. */
  missingOf(items: readonly WorkItem[], call: AmoCall): Promise<readonly PartEntry<V>[]>;
  write(entries: readonly Keyed<V>[], call: AmoCall): Promise<BatchOutcome<unknown>>;
  /** Keep what amoCRM said to an entry that it refused; the item goes on without it, unless this ends the item. */
  refuse(entry: PartEntry<V>, rejected: RejectedEntry): Promise<void> | void;
  /** Keep that a batch was written. */
  written?(batch: readonly PartEntry<V>[]): Promise<void>;
  /** Asked before each batch; false = nothing more is written, and the items at `before` have ended. */
  goesOn?(): Promise<boolean>;
}
