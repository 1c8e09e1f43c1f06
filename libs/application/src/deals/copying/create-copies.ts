import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { failure } from '#domain/deals/copy-failures.js';
import { slices } from '#domain/deals/copy-cost.js';
import type { DealDraft } from '#domain/deals/copy-plan.js';
import { partiesOf } from '#domain/deals/deals-copied.js';
import { repairDraft } from '#domain/deals/repair-draft.js';
import { AMO_DEALS, type AmoDeals, type BatchOutcome, type RejectedEntry } from '../ports/amo-deals.js';
import type { ChunkSession } from './chunk-session.js';
import type { DealsDirectory } from './deals-directory.js';
import { halves, hadNoEffect, reasonOf } from './effects.js';
import type { WorkItem } from './work-item.js';

type Created = { readonly requestId: string; readonly dealId: NonNullable<WorkItem['dealId']> };
interface Draft {
  readonly item: WorkItem;
  readonly deal: DealDraft;
}

/** Creates the deals of a chunk in batches, each intended before and recorded after. */
@Injectable()
export class CopyCreator {
  constructor(@Inject(AMO_DEALS) private readonly amo: AmoDeals) {}

  /** Creates what is at `new`; once cancelling is asked for, the rest is cancelled instead. */
  async create(session: ChunkSession, account: DealsDirectory): Promise<void> {
    const waiting = session.at('new').flatMap((item) => (item.plan ? [{ item, deal: item.plan.deal }] : []));
    for (const batch of slices(waiting, session.batchLimit)) {
      if (await session.isCancelRequested()) {
        await session.conclude(session.at('new').map((item) => ({ item, status: 'cancelled', error: null })));
        return;
      }
      await this.createBatch(session, batch, account);
    }
  }

  private async createBatch(session: ChunkSession, batch: readonly Draft[], account: DealsDirectory): Promise<void> {
    if (batch.length === 0) return;
    const outcome = await this.send(session, batch);
    if (outcome.kind === 'written') {
      await this.record(session, batch, outcome.results);
      return;
    }
    // amoCRM takes a batch whole or not at all: nothing of this one exists.
    await session.reach(
      batch.map(({ item }) => item),
      'new',
    );
    if (outcome.attributed) await this.withoutRejected(session, batch, outcome.rejected, account);
    else await this.isolate(session, batch, outcome.rejected, account);
  }

  private async send(session: ChunkSession, batch: readonly Draft[]): Promise<BatchOutcome<Created>> {
    const items = batch.map(({ item }) => item);
    const drafts = batch.map(({ item, deal }) => ({ requestId: item.item.id, value: deal }));
    const amoTime = () => this.amo.serverTime();
    try {
      return await session.write(items, 'creating', amoTime, (call) => this.amo.createDeals(drafts, call));
    } catch (error) {
      if (hadNoEffect(error)) await session.reach(items, 'new');
      await session.easeAfter(error, { deals: batch.length });
      throw error;
    }
  }

  private async record(session: ChunkSession, batch: readonly Draft[], results: readonly Created[]): Promise<void> {
    const dealIds = new Map(results.map(({ requestId, dealId }) => [requestId, dealId]));
    const copies = batch.flatMap(({ item, deal }) => {
      const dealId = dealIds.get(item.item.id);
      return dealId === undefined ? [] : [{ item, dealId, ...partiesOf(deal) }];
    });
    await session.created(copies);
    if (copies.length === batch.length) return;
    // The answer names fewer deals than were sent: the rest stays uncertain, and the next try asks for its markers.
    throw new AppError(crmErrors['crm.unreachable'], {
      detail: 'amoCRM did not name all created deals',
      details: { effect: 'unknown' },
    });
  }

  /** Mend or fail the named deals, then send the batch again. Every round leaves less to be refused. */
  private async withoutRejected(
    session: ChunkSession,
    batch: readonly Draft[],
    rejected: readonly RejectedEntry[],
    account: DealsDirectory,
  ): Promise<void> {
    const byId = new Map(rejected.map((entry) => [entry.requestId, entry]));
    const next: Draft[] = [];
    for (const draft of batch) {
      const refusal = byId.get(draft.item.item.id);
      const mended = refusal ? await this.mend(session, draft, refusal, account) : draft;
      if (mended) next.push(mended);
    }
    // Whoever finds them created cannot tell any more what they were created without.
    await session.remember(next.flatMap(({ item }) => (byId.has(item.item.id) ? [item] : [])));
    await this.createBatch(session, next, account);
  }

  private async mend(
    session: ChunkSession,
    { item, deal }: Draft,
    refusal: RejectedEntry,
    { directory }: DealsDirectory,
  ): Promise<Draft | null> {
    const repaired = repairDraft(deal, refusal.issues, directory);
    if (!repaired) {
      await session.fail(item, failure('deals.failure.refused', { reason: reasonOf(refusal) }));
      return null;
    }
    item.remarks.push(...repaired.remarks);
    return { item, deal: repaired.draft };
  }

  /** amoCRM did not say which deal it minds: halve until it is alone. */
  private async isolate(
    session: ChunkSession,
    batch: readonly Draft[],
    rejected: readonly RejectedEntry[],
    account: DealsDirectory,
  ): Promise<void> {
    const [only] = batch;
    if (only && batch.length === 1) {
      await session.fail(
        only.item,
        failure('deals.failure.refused', { reason: rejected[0] ? reasonOf(rejected[0]) : 'no reason given' }),
      );
      return;
    }
    const [first, second] = halves(batch);
    await this.createBatch(session, first, account);
    await this.createBatch(session, second, account);
  }
}
