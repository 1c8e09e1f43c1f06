import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { failure } from '#domain/deals/copy-failures.js';
import { hasCopy } from '#domain/deals/copy-item.js';
import type { CopyPlan, CopyRemark } from '#domain/deals/copy-plan.js';
import { markerOf, planCopy } from '#domain/deals/copy-planner.js';
import { AMO_DEALS, type AmoDeals } from '../ports/amo-deals.js';
import type { ChunkSession } from './chunk-session.js';
import type { DealsDirectory } from './deals-directory.js';
import { SourceReader, type Sources } from './source-reader.js';
import { tell, type WorkItem } from './work-item.js';

/** Reads the sources of a chunk in as few requests as possible and plans each copy. */
@Injectable()
export class ChunkPreparer {
  constructor(
    @Inject(AMO_DEALS) private readonly amo: AmoDeals,
    private readonly reader: SourceReader,
  ) {}

  /** Afterwards every open item has a plan; those that cannot be copied have failed with a reason. */
  async prepare(session: ChunkSession, account: DealsDirectory): Promise<void> {
    if (session.open.length === 0) return;
    const ids = session.open.map(({ item }) => item.sourceDealId);
    const sources = await this.reader.read(ids, session.operation.order.options, session.readCall());
    const failures: { item: WorkItem; status: 'failed'; error: CopyRemark }[] = [];
    for (const item of session.open) {
      const error = this.planItem(session, item, sources, account);
      if (error) failures.push({ item, status: 'failed', error });
    }
    await session.conclude(failures);
  }

  /** Plan one item; the reason when it cannot be copied. */
  private planItem(
    session: ChunkSession,
    work: WorkItem,
    sources: Sources,
    account: DealsDirectory,
  ): CopyRemark | null {
    const { item } = work;
    // Of a copy that is there already, what was told while it was made still counts.
    if (!hasCopy(work.step)) work.remarks = [];
    const { order } = session.operation;
    const source = sources.deals.get(item.sourceDealId);
    if (!source) return sourceGone(work);
    const original =
      order.origin === 'hook' && !hasCopy(work.step) ? markerOf(source, account.directory.markerFieldId) : undefined;
    // A copy made into the stage of its own trigger would otherwise be copied for ever.
    if (original) return failure('deals.failure.source_is_copy', { deal: source.id, original: original.sourceDealId });
    try {
      work.plan = planCopy({
        source,
        options: order.options,
        directory: account.directory,
        tasks: sources.tasks.get(source.id) ?? [],
        notes: sources.notes.get(source.id) ?? [],
        products: sources.products,
        requesterAmoUserId: order.requesterAmoUserId,
        now: this.amo.serverTime(),
        counter: item.seq + 1,
        roundRobinIndex: order.turnBase + item.seq,
        timeZone: account.timeZone,
        marker: { sourceDealId: source.id, itemId: item.id },
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return failure('deals.failure.not_plannable', { code: error.code });
    }
    tell(work, ...reportOf(work.plan));
    return null;
  }
}

const sourceGone = ({ item, step, dealId }: WorkItem): CopyRemark =>
  hasCopy(step) && dealId !== null
    ? failure('deals.failure.source_lost_midway', { deal: item.sourceDealId, copy: dealId })
    : failure('deals.failure.source_not_found', { deal: item.sourceDealId });

/** What is told about a copy: its warnings and why parts were skipped. */
const reportOf = ({ warnings, differences }: CopyPlan): readonly CopyRemark[] => [
  ...warnings,
  ...differences.flatMap(({ effect, reason }) => (effect === 'skipped' && reason ? [reason] : [])),
];
