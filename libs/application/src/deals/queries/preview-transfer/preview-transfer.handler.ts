import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { TransferOptions } from '#domain/deals/transfer/transfer-options.js';
import { remark } from '#domain/deals/remarks.js';
import { estimateTransfer, type TransferCost } from '#domain/deals/transfer/transfer-cost.js';
import { AppBus } from '../../../shared/bus/app-bus.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { GetRequestRateQuery } from '../../../crm/index.js';
import { AccountReader } from '../../copying/account-reader.js';
import type { DealsDirectory } from '../../copying/deals-directory.js';
import { assertNoDuplicates, CopyOrders } from '../../copying/order-copies.js';
import { remarkView } from '../../i18n/texts.js';
import { DealPlans, type PlannedDeals } from '../../transferring/deal-plans.js';
import { assertTransferFits, withTransferDefaults } from '../../transferring/order-transfers.js';
import { PreviewTransferQuery } from './preview-transfer.query.js';
import { differencesOf } from './transfer-differences.js';
import type { TransferPreviewItemView, TransferPreviewView } from './transfer-preview.view.js';

const SAMPLE = 50;

@QueryHandler(PreviewTransferQuery)
export class PreviewTransferHandler implements IQueryHandler<PreviewTransferQuery> {
  constructor(
    private readonly bus: AppBus,
    private readonly account: AccountReader,
    private readonly orders: CopyOrders,
    private readonly plans: DealPlans,
    private readonly context: CurrentContext,
  ) {}

  async execute({ input: { sourceIds, options: given } }: PreviewTransferQuery): Promise<TransferPreviewView> {
    assertNoDuplicates(sourceIds);
    const options = withTransferDefaults(given);
    const account = await this.account.read();
    const requesterAmoUserId = this.orders.requesterIn(account);
    assertTransferFits(options, account, requesterAmoUserId);
    const sample = sourceIds.slice(0, SAMPLE).map((dealId, seq) => ({ dealId, seq }));
    const order = { options, undoOf: null, requesterAmoUserId, turnBase: 0 };
    const planned = await this.plans.plan(sample, order, account, { lane: 'person' });
    const { requestsPerSecond } = await this.bus.ask(new GetRequestRateQuery());
    return {
      total: sourceIds.length,
      sampled: sample.length,
      cost: this.cost(sourceIds.length, planned, options, requestsPerSecond),
      items: sample.map(({ dealId }) => this.itemView(dealId, planned, account)),
    };
  }

  private cost(
    deals: number,
    { plans, deals: found, openTasks }: PlannedDeals,
    options: TransferOptions,
    requestsPerSecond: number,
  ): TransferCost {
    const changes = [...plans.values()].flatMap((plan) => ('error' in plan ? [] : plan.changes));
    const average = (count: number) => (plans.size === 0 ? 0 : count / plans.size);
    const changed = (entity: string) => average(changes.filter((change) => change.entity === entity).length);
    const people = [...found.values()];
    const volume = {
      deals,
      changedPerDeal: changed('deal'),
      openTasksPerDeal: average(openTasks),
      tasksPerDeal: changed('task'),
      contactsPerDeal: average(new Set(people.flatMap(({ contacts }) => contacts.map(({ id }) => id))).size),
      companiesPerDeal: average(new Set(people.flatMap(({ companyId }) => companyId ?? [])).size),
    };
    return estimateTransfer(volume, options, requestsPerSecond);
  }

  private itemView(
    dealId: TransferPreviewItemView['sourceDealId'],
    { plans, deals }: PlannedDeals,
    account: DealsDirectory,
  ): TransferPreviewItemView {
    const { language } = this.context.get();
    const [, plan] = [...plans].find(([id]) => id === dealId) ?? [];
    const [, deal] = [...deals].find(([id]) => id === dealId) ?? [];
    const changes = !plan || 'error' in plan ? [] : plan.changes;
    const handed = (entity: string) => changes.filter((change) => change.entity === entity).length;
    const remarks = !plan || 'error' in plan ? [] : plan.remarks;
    const isIdle = plan && !('error' in plan) && changes.length === 0 && remarks.length === 0;
    return {
      sourceDealId: dealId,
      name: deal?.name ?? null,
      error: plan && 'error' in plan ? remarkView(plan.error, language) : null,
      differences: changes.flatMap((change) =>
        change.entity === 'deal' ? differencesOf(change, account, language) : [],
      ),
      handedOver: { tasks: handed('task'), contacts: handed('contact'), companies: handed('company') },
      warnings: (isIdle ? [remark('deals.remark.nothing_to_change')] : remarks).map((one) => remarkView(one, language)),
    };
  }
}
