import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import type { AmoDealId } from '#domain/shared/ids.js';
import { estimateCopy } from '#domain/deals/copy-cost.js';
import { failure } from '#domain/deals/copy-failures.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { CopyPlan } from '#domain/deals/copy-plan.js';
import { planCopy } from '#domain/deals/copy-planner.js';
import { AppBus } from '../../../shared/bus/app-bus.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { GetRequestRateQuery } from '../../../crm/index.js';
import { AccountReader } from '../../copying/account-reader.js';
import type { DealsDirectory } from '../../copying/deals-directory.js';
import { assertNoDuplicates, assertOptionsFit, withDefaults } from '../../copying/order-copies.js';
import { requesterAmoUserId } from '../../copying/requester.js';
import { SourceReader, type Sources } from '../../copying/source-reader.js';
import { partName, remarkView } from '../../i18n/texts.js';
import { AMO_DEALS, type AmoDeals } from '../../ports/amo-deals.js';
import { PreviewCopyQuery } from './preview-copy.query.js';
import type { PreviewItemView, PreviewView } from './preview.view.js';

const SAMPLE = 50;

@QueryHandler(PreviewCopyQuery)
export class PreviewCopyHandler implements IQueryHandler<PreviewCopyQuery> {
  constructor(
    @Inject(AMO_DEALS) private readonly amo: AmoDeals,
    private readonly bus: AppBus,
    private readonly account: AccountReader,
    private readonly reader: SourceReader,
    private readonly context: CurrentContext,
  ) {}

  async execute({ input }: PreviewCopyQuery): Promise<PreviewView> {
    assertNoDuplicates(input.sourceIds);
    const options = withDefaults(input.options);
    const account = await this.account.read();
    assertOptionsFit(options, account);
    const sample = input.sourceIds.slice(0, SAMPLE);
    const sources = await this.reader.read(sample, options, { lane: 'person' });
    const plans = sample.map((dealId, index) => ({ dealId, ...this.plan(dealId, index, options, account, sources) }));
    const { requestsPerSecond } = await this.bus.ask(new GetRequestRateQuery());
    return {
      total: input.sourceIds.length,
      sampled: sample.length,
      cost: this.cost(
        input.sourceIds.length,
        plans.flatMap(({ plan }) => plan ?? []),
        options,
        requestsPerSecond,
      ),
      items: plans.map(({ dealId, plan, code }) => this.itemView(dealId, plan, code)),
    };
  }

  private plan(
    dealId: AmoDealId,
    index: number,
    options: CopyOptions,
    account: DealsDirectory,
    sources: Sources,
  ): { plan?: CopyPlan; code?: string } {
    const source = sources.deals.get(dealId);
    if (!source) return { code: 'deals.copy_source_not_found' };
    const shared = {
      source,
      options,
      directory: account.directory,
      timeZone: account.timeZone,
      requesterAmoUserId: requesterAmoUserId(this.context.get().actor, account),
      products: sources.products,
      now: this.amo.serverTime(),
    };
    try {
      const tasks = sources.tasks.get(dealId) ?? [];
      const notes = sources.notes.get(dealId) ?? [];
      return { plan: planCopy({ ...shared, tasks, notes, counter: index + 1, roundRobinIndex: index, marker: null }) };
    } catch (error) {
      if (error instanceof AppError) return { code: error.code };
      throw error;
    }
  }

  private cost(
    deals: number,
    plans: readonly CopyPlan[],
    options: CopyOptions,
    requestsPerSecond: number,
  ): PreviewView['cost'] {
    const average = (count: (plan: CopyPlan) => number) =>
      plans.length === 0 ? 0 : plans.reduce((sum, plan) => sum + count(plan), 0) / plans.length;
    const volume = {
      deals,
      tasksPerDeal: average(({ tasks }) => tasks.length),
      notesPerDeal: average(({ notes }) => notes.length),
      productsPerDeal: average(({ products }) => products.length),
    };
    const { requests, seconds } = estimateCopy(volume, options, requestsPerSecond);
    return { requests, seconds };
  }

  private itemView(sourceDealId: number, plan: CopyPlan | undefined, code: string | undefined): PreviewItemView {
    const { language } = this.context.get();
    const failed =
      code === 'deals.copy_source_not_found'
        ? failure('deals.failure.source_not_found', { deal: sourceDealId })
        : code
          ? failure('deals.failure.not_plannable', { code })
          : null;
    return {
      sourceDealId,
      name: plan?.deal.name ?? null,
      error: failed && remarkView(failed, language),
      differences: (plan?.differences ?? []).map(({ reason, label, ...difference }) => ({
        ...difference,
        label: partName(label, language),
        reason: reason ? remarkView(reason, language) : null,
      })),
      warnings: (plan?.warnings ?? []).map((remark) => remarkView(remark, language)),
    };
  }
}
