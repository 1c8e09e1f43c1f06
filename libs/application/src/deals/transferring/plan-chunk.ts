import { Inject, Injectable } from '@nestjs/common';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import { remark } from '#domain/deals/remarks.js';
import type { EntityChange } from '#domain/deals/transfer/entity-change.js';
import type { TransferPlan } from '#domain/deals/transfer/plan-transfer.js';
import { takenByAnother } from '#domain/deals/transfer/transfer-remarks.js';
import type { ChunkSession } from '../copying/chunk-session.js';
import type { DealsDirectory } from '../copying/deals-directory.js';
import { tell, type WorkItem } from '../copying/work-item.js';
import { type TakenChange, TRANSFER_CHANGES, type TransferChanges } from '../ports/transfer-changes.js';
import { DealPlans } from './deal-plans.js';
import type { TransferWork } from './transfer-work.js';

type Session = ChunkSession<'transfer'>;
interface Planned {
  readonly item: WorkItem;
  readonly plan: TransferPlan;
}

/** Plans the items of a chunk that have not begun, and stores what they were before anything of them is written. */
@Injectable()
export class TransferPlanner {
  constructor(
    @Inject(TRANSFER_CHANGES) private readonly changes: TransferChanges,
    private readonly plans: DealPlans,
  ) {}

  /** Afterwards every item at `new` has stored changes; those that need none, or cannot be transferred, have ended. */
  async plan(session: Session, work: TransferWork, account: DealsDirectory): Promise<void> {
    const items = session.at('new');
    if (items.length === 0) return;
    const wanted = items.map(({ item }) => ({ dealId: item.sourceDealId, seq: item.seq }));
    const { plans } = await this.plans.plan(wanted, session.operation.order, account, session.readCall());
    const planned: Planned[] = [];
    const failed: { item: WorkItem; status: 'failed'; error: CopyRemark }[] = [];
    for (const item of items) {
      const plan = plans.get(item.item.sourceDealId);
      if (!plan) continue;
      if ('error' in plan) failed.push({ item, status: 'failed', error: plan.error });
      else planned.push({ item, plan });
    }
    await session.conclude(failed);
    await this.endUnchanged(
      session,
      planned.filter(({ plan }) => plan.changes.length === 0),
    );
    await this.store(
      session,
      work,
      planned.filter(({ plan }) => plan.changes.length > 0),
    );
  }

  private async endUnchanged(session: Session, unchanged: readonly Planned[]): Promise<void> {
    for (const { item, plan } of unchanged) {
      // Where nothing may be changed, saying that nothing had to be would be wrong.
      item.remarks = plan.remarks.length > 0 ? [...plan.remarks] : [remark('deals.remark.nothing_to_change')];
    }
    await session.conclude(unchanged.map(({ item }) => ({ item, status: 'done', error: null })));
  }

  private async store(session: Session, work: TransferWork, planned: readonly Planned[]): Promise<void> {
    if (planned.length === 0) return;
    await session.inLease(async (lease) => {
      const plans = planned.map(({ item, plan }) => ({ seq: item.item.seq, changes: plan.changes }));
      const taken = await this.changes.plan(lease, plans);
      for (const { item, plan } of planned) {
        const lost = taken.filter(({ seq }) => seq === item.item.seq);
        const goesElsewhere = plan.changes.filter((change) => isTaken(change, lost, 'elsewhere'));
        work.put(
          item,
          plan.changes.filter((change) => !isTaken(change, lost)),
        );
        item.remarks = [];
        tell(item, ...plan.remarks, ...goesElsewhere.map(takenByAnother));
      }
    });
    // Items at `new` are planned again by whoever resumes them, the others are not.
    await session.remember(planned.map(({ item }) => item));
  }
}

const isTaken = (change: EntityChange, taken: readonly TakenChange[], where?: 'elsewhere'): boolean =>
  taken.some(
    ({ entity, id, goesTo }) =>
      entity === change.entity &&
      id === change.id &&
      (where === undefined || goesTo !== change.after.responsibleUserId),
  );
