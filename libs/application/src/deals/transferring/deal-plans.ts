import { Inject, Injectable } from '@nestjs/common';
import type { AmoDealId } from '#domain/shared/ids.js';
import { failure } from '#domain/deals/copy-failures.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { TransferOperation } from '#domain/deals/copy-operation.js';
import type { SourceDeal } from '#domain/deals/source-deal.js';
import { planTransfer, stateOfDeal, type TransferPlan } from '#domain/deals/transfer/plan-transfer.js';
import { planUndo } from '#domain/deals/transfer/plan-undo.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../shared/ports/unit-of-work.js';
import type { DealsDirectory } from '../copying/deals-directory.js';
import { byDeal } from '../copying/source-reader.js';
import { AMO_DEALS, type AmoCall, type AmoDeals } from '../ports/amo-deals.js';
import { TRANSFER_CHANGES, type TransferChanges } from '../ports/transfer-changes.js';
import { StateReader } from './state-reader.js';

/** What becomes of one deal: changes, or the reason why it cannot be transferred. */
export type DealPlan = TransferPlan | { readonly error: CopyRemark };

/** A deal to plan, with its place in its operation. */
export interface DealToPlan {
  readonly dealId: AmoDealId;
  readonly seq: number;
}

/** What planning looks at of an order. */
export type PlannedOrder = Pick<TransferOperation['order'], 'options' | 'undoOf' | 'requesterAmoUserId' | 'turnBase'>;

export interface PlannedDeals {
  readonly plans: ReadonlyMap<AmoDealId, DealPlan>;
  /** The deals that were found. */
  readonly deals: ReadonlyMap<AmoDealId, SourceDeal>;
  readonly openTasks: number;
}

/** Reads deals and decides what a transfer, or its undoing, changes of them. Writes nothing. */
@Injectable()
export class DealPlans {
  constructor(
    @Inject(AMO_DEALS) private readonly amo: AmoDeals,
    @Inject(TRANSFER_CHANGES) private readonly changes: TransferChanges,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    private readonly states: StateReader,
  ) {}

  /** @param wanted  at most 250 */
  async plan(
    wanted: readonly DealToPlan[],
    order: PlannedOrder,
    account: DealsDirectory,
    call: AmoCall,
  ): Promise<PlannedDeals> {
    const found = await this.amo.readDeals(
      wanted.map(({ dealId }) => dealId),
      call,
    );
    const deals = new Map(found.map((deal) => [deal.id, deal]));
    const gone = wanted.flatMap(({ dealId }): [AmoDealId, DealPlan][] =>
      deals.has(dealId) ? [] : [[dealId, { error: failure('deals.failure.source_not_found', { deal: dealId }) }]],
    );
    const there = wanted.filter(({ dealId }) => deals.has(dealId));
    const { plans, openTasks } =
      order.undoOf === null
        ? await this.forward(there, deals, order, account, call)
        : { plans: await this.back(order.undoOf, deals, account, call), openTasks: 0 };
    return { plans: new Map([...gone, ...plans]), deals, openTasks };
  }

  private async forward(
    wanted: readonly DealToPlan[],
    deals: ReadonlyMap<AmoDealId, SourceDeal>,
    { options, requesterAmoUserId, turnBase }: PlannedOrder,
    { directory }: DealsDirectory,
    call: AmoCall,
  ): Promise<{ plans: ReadonlyMap<AmoDealId, DealPlan>; openTasks: number }> {
    const needsTasks = options.tasks === 'open' && deals.size > 0;
    const tasks = needsTasks ? await this.amo.readOpenTasks([...deals.keys()], call) : [];
    const people = options.contacts === 'linked' ? await this.states.people([...deals.values()], call) : new Map();
    const tasksOf = byDeal(tasks);
    const plans = wanted.flatMap(({ dealId, seq }): [AmoDealId, DealPlan][] => {
      const deal = deals.get(dealId);
      if (!deal) return [];
      const plan = planTransfer({
        deal,
        options,
        directory,
        tasks: tasksOf.get(dealId) ?? [],
        people: people.get(dealId) ?? [],
        requesterAmoUserId,
        roundRobinIndex: turnBase + seq,
      });
      return [[dealId, plan]];
    });
    return { plans: new Map(plans), openTasks: tasks.length };
  }

  private async back(
    undoOf: NonNullable<PlannedOrder['undoOf']>,
    deals: ReadonlyMap<AmoDealId, SourceDeal>,
    { directory }: DealsDirectory,
    call: AmoCall,
  ): Promise<ReadonlyMap<AmoDealId, DealPlan>> {
    const made = await this.unitOfWork.read(() => this.changes.madeBy(undoOf, [...deals.keys()]));
    const handed = [...made.values()].flat().filter(({ entity }) => entity !== 'deal');
    const states = await this.states.read(handed, call);
    for (const deal of deals.values()) states.put('deal', deal.id, stateOfDeal(deal));
    return new Map(
      [...deals.keys()].map((dealId) => {
        const undone = (made.get(dealId) ?? []).map((change) => planUndo(change, states.of(change), directory));
        return [
          dealId,
          {
            changes: undone.flatMap(({ change }) => change ?? []),
            remarks: undone.flatMap(({ remarks }) => remarks),
          },
        ];
      }),
    );
  }
}
