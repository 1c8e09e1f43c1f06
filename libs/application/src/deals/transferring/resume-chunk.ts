import { Inject, Injectable } from '@nestjs/common';
import { failure } from '#domain/deals/copy-failures.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import { type EntityChange, standingOf } from '#domain/deals/transfer/entity-change.js';
import { changedMeanwhile } from '#domain/deals/transfer/transfer-remarks.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../shared/ports/unit-of-work.js';
import type { ChunkSession } from '../copying/chunk-session.js';
import { seqsOf, tell, type WorkItem } from '../copying/work-item.js';
import { type StoredChange, TRANSFER_CHANGES, type TransferChanges } from '../ports/transfer-changes.js';
import { type CurrentStates, StateReader } from './state-reader.js';
import type { TransferWork } from './transfer-work.js';

type Session = ChunkSession<'transfer'>;

/**
 * Finds out what became of what an earlier worker had planned: the heart of exactly-once. Writing a change twice would be
 * harmless, but for the people who changed the same deal between the first time and the second. So everything that is
 * not known to be written is read again and compared: ours already, still as before, or changed by somebody and left
 * alone.
 */
@Injectable()
export class TransferResumer {
  constructor(
    @Inject(TRANSFER_CHANGES) private readonly changes: TransferChanges,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    private readonly states: StateReader,
  ) {}

  /** Afterwards no item is at `moving`, and every resumed item knows what is still to be written for it. */
  async resume(session: Session, work: TransferWork): Promise<void> {
    const resumed = session.open.filter(({ step }) => step !== 'new');
    if (resumed.length === 0) return;
    session.assertSettled(session.at('moving', 'tasking', 'handing', 'entrusting'));
    const { id } = session.operation;
    const stored = await this.unitOfWork.read(() => this.changes.of(id, seqsOf(resumed)));
    const open = stored.filter(({ state }) => state === 'planned');
    const states = await this.states.read(open, session.readCall());
    for (const item of resumed) {
      const own = stored.filter(({ seq }) => seq === item.item.seq);
      await this.take(session, work, item, own, states);
    }
    await this.unmoved(session, work);
  }

  private async take(
    session: Session,
    work: TransferWork,
    item: WorkItem,
    stored: readonly StoredChange[],
    states: CurrentStates,
  ): Promise<void> {
    tell(item, ...item.item.remarks, ...stored.flatMap(({ remark }) => remark ?? []));
    const open = stored.filter(({ state }) => state === 'planned');
    if (open.some((change) => change.entity === 'deal' && !states.of(change))) return this.failGone(session, item);
    const written = open.filter((change) => standingOf(change, states.of(change)) === 'after');
    await this.mark(session, written, 'written', null);
    const foreign = open.filter((change) => ['other', 'gone'].includes(standingOf(change, states.of(change))));
    for (const change of foreign) {
      const remark = changedMeanwhile(change);
      await this.mark(session, [change], 'left', remark);
      tell(item, remark);
    }
    work.put(
      item,
      open.filter((change) => !written.includes(change) && !foreign.includes(change)),
    );
  }

  /** Back to `new`: should the deal come back from the bin, a retry plans it anew. */
  private async failGone(session: Session, item: WorkItem): Promise<void> {
    await session.reach([item], 'new');
    await session.fail(item, failure('deals.failure.source_not_found', { deal: item.item.sourceDealId }));
  }

  /** Deals that were not moved after all begin anew, so that they are planned from what they are now. */
  private async unmoved(session: Session, work: TransferWork): Promise<void> {
    const moving = session.at('moving');
    const isPending = (item: WorkItem) => work.of(item, 'deal').length > 0;
    await session.reach(moving.filter(isPending), 'new');
    await session.reach(
      moving.filter((item) => !isPending(item)),
      'moved',
    );
  }

  private async mark(
    session: Session,
    changes: readonly EntityChange[],
    state: 'written' | 'left',
    remark: CopyRemark | null,
  ): Promise<void> {
    if (changes.length === 0) return;
    await session.inLease((lease) => this.changes.mark(lease, changes, state, remark));
  }
}
