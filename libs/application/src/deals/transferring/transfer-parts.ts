import { Inject, Injectable } from '@nestjs/common';
import { failure } from '#domain/deals/copy-failures.js';
import { type ChangedEntity, type EntityChange, patchOf } from '#domain/deals/transfer/entity-change.js';
import { notHanded } from '#domain/deals/transfer/transfer-remarks.js';
import type { ChunkSession } from '../copying/chunk-session.js';
import { reasonOf } from '../copying/effects.js';
import type { ItemPart, PartEntry } from '../copying/part.js';
import { tell } from '../copying/work-item.js';
import type { RejectedEntry } from '../ports/amo-deals.js';
import { AMO_TRANSFERS, type AmoTransfers } from '../ports/amo-transfers.js';
import { TRANSFER_CHANGES, type TransferChanges } from '../ports/transfer-changes.js';
import type { TransferWork } from './transfer-work.js';

type Session = ChunkSession<'transfer'>;

const STEPS = {
  deal: { before: 'new', during: 'moving', after: 'moved' },
  task: { before: 'moved', during: 'tasking', after: 'tasked' },
  contact: { before: 'tasked', during: 'handing', after: 'handed' },
  company: { before: 'handed', during: 'entrusting', after: 'entrusted' },
} as const;

/** What a transfer writes, in its order: the deals, then what is handed over with them. */
@Injectable()
export class TransferParts {
  constructor(
    @Inject(AMO_TRANSFERS) private readonly amo: AmoTransfers,
    @Inject(TRANSFER_CHANGES) private readonly changes: TransferChanges,
  ) {}

  /** The deals themselves; once cancelling is asked for, the rest is cancelled instead. */
  deals(session: Session, work: TransferWork): ItemPart<EntityChange> {
    return {
      ...this.part('deal', session, work),
      batch: 'deals',
      refuse: ({ item }, rejected) => this.failDeal(session, item, rejected),
      goesOn: async () => {
        if (!(await session.isCancelRequested())) return true;
        await session.conclude(session.at('new').map((item) => ({ item, status: 'cancelled', error: null })));
        return false;
      },
    };
  }

  handedOver(session: Session, work: TransferWork): readonly ItemPart<EntityChange>[] {
    return (['task', 'contact', 'company'] as const).map((entity) => this.part(entity, session, work));
  }

  private part(entity: ChangedEntity, session: Session, work: TransferWork): ItemPart<EntityChange> {
    const entriesOf = (item: PartEntry<EntityChange>['item']) =>
      work.of(item, entity).map((value) => ({ item, value }));
    return {
      steps: STEPS[entity],
      batch: 'entries',
      entriesOf,
      // What was asked for before has been read again already: only what is missing is left.
      missingOf: (items) => Promise.resolve(items.flatMap(entriesOf)),
      write: (entries, call) =>
        this.amo.change(
          entity,
          entries.map(({ requestId, value }) => ({ requestId, value: patchOf(value) })),
          call,
        ),
      written: async (batch) => {
        await session.inLease((lease) =>
          this.changes.mark(
            lease,
            batch.map(({ value }) => value),
            'written',
            null,
          ),
        );
        for (const { item, value } of batch) work.settle(item, value);
      },
      refuse: async ({ item, value }, rejected) => {
        const remark = notHanded(value, reasonOf(rejected));
        await session.inLease((lease) => this.changes.mark(lease, [value], 'left', remark));
        work.settle(item, value);
        tell(item, remark);
      },
    };
  }

  /** Back to `new`: nothing of the item was written, and a retry plans it anew. */
  private async failDeal(
    session: Session,
    item: PartEntry<EntityChange>['item'],
    rejected: RejectedEntry,
  ): Promise<void> {
    await session.reach([item], 'new');
    await session.fail(item, failure('deals.failure.transfer_refused', { reason: reasonOf(rejected) }));
  }
}
