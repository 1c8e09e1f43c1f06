import type { ChangedEntity, EntityChange } from '#domain/deals/transfer/entity-change.js';
import type { WorkItem } from '../copying/work-item.js';

/** What is still to be written for the items of a chunk, and what is told about them. */
export class TransferWork {
  readonly #pending = new Map<WorkItem, readonly EntityChange[]>();

  /** What is still to be written for an item. */
  pending(item: WorkItem): readonly EntityChange[] {
    return this.#pending.get(item) ?? [];
  }

  of(item: WorkItem, entity: ChangedEntity): readonly EntityChange[] {
    return this.pending(item).filter((change) => change.entity === entity);
  }

  put(item: WorkItem, changes: readonly EntityChange[]): void {
    this.#pending.set(item, changes);
  }

  /** This one is written, or left alone. */
  settle(item: WorkItem, { entity, id }: Pick<EntityChange, 'entity' | 'id'>): void {
    this.put(
      item,
      this.pending(item).filter((change) => change.entity !== entity || change.id !== id),
    );
  }
}
