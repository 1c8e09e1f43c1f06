import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { AmoDealId } from '#domain/shared/ids.js';
import { DEAL_BATCH, ENTRY_BATCH } from '#domain/deals/copy-cost.js';
import type { CopyItemOutcome, ItemStep } from '#domain/deals/copy-item.js';
import type { Operation, OperationKind } from '#domain/deals/copy-operation.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { DealParties } from '#domain/deals/deals-copied.js';
import type { Clock } from '../../shared/ports/clock.js';
import type { UnitOfWork } from '../../shared/ports/unit-of-work.js';
import type { AmoCall } from '../ports/amo-deals.js';
import type { ChunkLease, CopyChunks, TakenChunk } from '../ports/copy-chunks.js';
import { seqsOf, toWorkItem, type WorkItem } from './work-item.js';

export interface SessionSettings {
  readonly leaseMs: number;
  /** How long a write whose answer was lost may still take effect, in milliseconds. */
  readonly settleMs: number;
}

/** An item whose copy is there, and whom that is with. */
export interface CreatedItem extends DealParties {
  readonly item: WorkItem;
  readonly dealId: AmoDealId;
}

// A write is sent within this part of the settle time after it was intended, or not at all.
const SEND_WINDOW = 1 / 3;
// So many times a write is intended anew because its turn did not come; then the job is put back.
const MOST_TURNS = 30;

/**
 * One worker's hold on one chunk: keeps the lease alive, records every step before and after it is taken, and refuses
 * to go on once the lease is lost.
 */
export class ChunkSession<K extends OperationKind = 'copy'> {
  readonly items: readonly WorkItem[];
  batchLimit: number;
  #markerFieldId = 0;
  readonly #lost = new AbortController();
  readonly #startedAt = performance.now();
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(
    private readonly taken: TakenChunk<K>,
    private readonly chunks: CopyChunks,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: SessionSettings,
  ) {
    this.items = taken.items.map(toWorkItem);
    this.batchLimit = taken.batchLimit;
  }

  /** The deal field that markers go to from now on; recorded with every intent. */
  useMarkerField(id: number): void {
    this.#markerFieldId = id;
  }

  get operation(): Operation<K> {
    return this.taken.operation;
  }

  /** Items that still have something ahead of them. */
  get open(): readonly WorkItem[] {
    return this.items.filter(({ ended }) => !ended);
  }

  at(...steps: readonly ItemStep[]): readonly WorkItem[] {
    return this.open.filter(({ step }) => steps.includes(step));
  }

  startHeartbeat(): void {
    this.#heartbeat = setInterval(() => void this.beat(), this.settings.leaseMs / 3);
  }

  async end(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.unitOfWork.transact(() => this.chunks.release(this.taken.lease));
  }

  /** For reads, which may be sent at any time. */
  readCall(): AmoCall {
    return { lane: this.operation.lane, signal: this.#lost.signal };
  }

  /**
   * Send a write for `items`, its intent recorded before. A write that does not get its turn soon is not sent at all: a
   * successor may already be counting on that. Then it is intended anew, and waits again with all that was read and
   * planned; were the chunk put back instead, many chunks at once would spend the budget on reading for ever.
   *
   * @throws what `send` throws
   */
  async write<R>(
    items: readonly WorkItem[],
    step: ItemStep,
    amoTime: () => Date,
    send: (call: AmoCall) => Promise<R>,
  ): Promise<R> {
    for (let turn = 1; ; turn++) {
      const call = await this.intend(items, step, amoTime());
      try {
        return await send(call);
      } catch (error) {
        if (!AppError.is(error, crmErrors['crm.busy']) || turn === MOST_TURNS) throw error;
      }
    }
  }

  async reach(items: readonly WorkItem[], step: ItemStep): Promise<void> {
    if (items.length === 0) return;
    await this.inLease(() =>
      this.chunks.reach(
        this.taken.lease,
        step,
        items.map(({ item, dealId, remarks }) => ({ seq: item.seq, dealId: dealId ?? undefined, remarks })),
      ),
    );
    for (const item of items) item.step = step;
  }

  /** Keep what is told about items, should this worker die before their next step. */
  async remember(items: readonly WorkItem[]): Promise<void> {
    if (items.length === 0) return;
    const told = items.map(({ item, remarks }) => ({ seq: item.seq, remarks }));
    await this.inLease((lease) => this.chunks.remember(lease, told));
  }

  /** Record that the copy of each item exists, or was found to exist, and tell others of it. */
  async created(copies: readonly CreatedItem[]): Promise<void> {
    if (copies.length === 0) return;
    const made = copies.map(({ item: { item, remarks }, ...copy }) => ({
      ...copy,
      seq: item.seq,
      remarks,
      itemId: item.id,
      sourceId: item.sourceDealId,
    }));
    await this.inLease((lease) => this.chunks.created(lease, made, this.clock.now()));
    for (const { item, dealId } of copies) {
      item.dealId = dealId;
      item.step = 'created';
    }
  }

  async fail(item: WorkItem, error: CopyRemark): Promise<void> {
    await this.conclude([{ item, status: 'failed', error }]);
  }

  async conclude(
    outcomes: readonly { item: WorkItem; status: CopyItemOutcome['status']; error: CopyRemark | null }[],
  ): Promise<void> {
    if (outcomes.length === 0) return;
    const rows = outcomes.map(({ item, status, error }) => ({
      seq: item.item.seq,
      status,
      error,
      remarks: item.remarks,
    }));
    await this.inLease(() => this.chunks.conclude(this.taken.lease, rows));
    for (const { item } of outcomes) item.ended = true;
  }

  /** Entries of one write of products, tasks or notes: as many fewer as deals are. */
  get entryLimit(): number {
    return Math.max(1, Math.floor((ENTRY_BATCH * this.batchLimit) / DEAL_BATCH));
  }

  /** When amoCRM could not finish a batch in time, the next tries send half of it at most. */
  async easeAfter(error: unknown, batch: { readonly deals: number } | { readonly entries: number }): Promise<void> {
    if (!AppError.is(error, crmErrors['crm.too_heavy'])) return;
    const deals = 'deals' in batch ? batch.deals : (batch.entries * DEAL_BATCH) / ENTRY_BATCH;
    await this.limitBatch(Math.ceil(Math.min(this.batchLimit, deals) / 2));
  }

  /** One short transaction in the name of this worker; refused once the lease is lost. */
  async inLease<T>(work: (lease: ChunkLease) => Promise<T>): Promise<T> {
    this.#lost.signal.throwIfAborted();
    return this.unitOfWork.transact(() => work(this.taken.lease));
  }

  private async limitBatch(limit: number): Promise<void> {
    this.batchLimit = Math.max(1, limit);
    await this.inLease(() => this.chunks.limitBatch(this.taken.lease, this.batchLimit));
  }

  isCancelRequested(): Promise<boolean> {
    return this.unitOfWork.read(() => this.chunks.isCancelRequested(this.operation.id));
  }

  /**
   * Before amoCRM is asked whether an intended write took effect, it must have had the time to.
   *
   * @throws AppError `crm.busy` with the time to wait; the job is put back and spends no attempt
   */
  assertSettled(items: readonly WorkItem[]): void {
    const now = this.taken.now.getTime() + (performance.now() - this.#startedAt);
    const youngest = Math.max(0, ...items.map(({ item }) => item.intendedAt?.getTime() ?? 0));
    // Never longer than the settle time, whatever a clock that was set back says.
    const wait = Math.min(this.settings.settleMs, youngest + this.settings.settleMs - now);
    if (wait > 0)
      throw new AppError(crmErrors['crm.busy'], {
        detail: 'Waiting for an interrupted write to settle',
        retryAfterMs: Math.ceil(wait),
      });
  }

  private async intend(items: readonly WorkItem[], step: ItemStep, amoTime: Date): Promise<AmoCall> {
    const intent = { amoTime, markerFieldId: this.#markerFieldId };
    const sendBefore = new Date(this.clock.now().getTime() + this.settings.settleMs * SEND_WINDOW);
    await this.inLease(() => this.chunks.intend(this.taken.lease, seqsOf(items), step, intent));
    for (const item of items) item.step = step;
    return { ...this.readCall(), sendBefore };
  }

  private async beat(): Promise<void> {
    try {
      await this.unitOfWork.transact(() => this.chunks.extend(this.taken.lease, this.settings.leaseMs));
    } catch (error) {
      // Lost, or the database is away: either way nothing more may be written in its name.
      this.#lost.abort(error);
    }
  }
}
