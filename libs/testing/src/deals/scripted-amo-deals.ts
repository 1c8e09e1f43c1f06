import type { AmoDealId, AmoUserId, CopyItemId } from '#domain/shared/ids.js';
import type { DealDraft } from '#domain/deals/copy-plan.js';
import { partiesOf } from '#domain/deals/deals-copied.js';
import { markerOf } from '#domain/deals/copy-planner.js';
import type { DealNote, DealTask, LinkedProduct, Product, SourceDeal } from '#domain/deals/source-deal.js';
import type {
  AmoCall,
  AmoDeals,
  BatchOutcome,
  Keyed,
  MarkedCopy,
  NewNote,
  NewProductLink,
  NewTask,
  RejectedEntry,
} from '#application/deals/ports/amo-deals.js';
import { aDealNote, aDealTask, aSourceDeal } from './deal-samples.js';

export type WriteMethod = 'createDeals' | 'linkProducts' | 'createTasks' | 'createNotes';
export type ChangeMethod = 'changeDeals' | 'changeTasks' | 'changeContacts' | 'changeCompanies';
export type ReadMethod =
  'readDeals' | 'readOpenTasks' | 'readAllTasks' | 'readNotes' | 'readProductLinks' | 'findMarked' | 'readResponsibles';
export type Method = WriteMethod | ChangeMethod | ReadMethod | 'readProducts';

interface Fault {
  readonly method: Method;
  readonly error: unknown;
  /** True when the write takes effect before its answer is lost. */
  readonly applied: boolean;
}

type Issue = RejectedEntry['issues'][number];

/**
 * An amoCRM account in memory, as the copy engine sees it. Takes batches whole or not at all; refuses entries by rule,
 * fails on demand, and can be waited on from inside a call.
 */
export class ScriptedAmoDeals implements AmoDeals {
  readonly deals = new Map<AmoDealId, SourceDeal>();
  readonly tasks: DealTask[] = [];
  readonly notes: DealNote[] = [];
  readonly products: Product[] = [];
  /** Every call in order: its method, and how many entries or ids it had. */
  readonly calls: { readonly method: Method; readonly size: number; readonly call: AmoCall }[] = [];
  /** What amoCRM minds about a deal; null when it takes it. */
  refusal: (draft: DealDraft) => Issue | null;
  /** What amoCRM minds about a task. */
  taskRefusal: (task: NewTask) => Issue | null;
  /** False: refusals do not say which entry they mean. */
  attributes: boolean;
  /** Awaited in every call before it does anything. */
  onCall: (method: Method, call: AmoCall) => Promise<void> | void;
  now = new Date('2026-11-21T09:00:00.000Z');
  readonly #faults: Fault[] = [];
  #nextId = 500_000;

  constructor(private readonly markerFieldId: number) {
    this.behave();
  }

  /** Refuse nothing, fail nothing, forget the calls; what the account holds stays. */
  behave(): void {
    this.refusal = () => null;
    this.taskRefusal = () => null;
    this.attributes = true;
    this.onCall = () => undefined;
    this.calls.length = 0;
    this.#faults.length = 0;
  }

  /** Put a deal into the account. */
  addDeal(over: Partial<SourceDeal> = {}): SourceDeal {
    const deal = aSourceDeal({ id: this.id<AmoDealId>(), ...over });
    this.deals.set(deal.id, deal);
    return deal;
  }

  /** Let the next call of `method` fail with `error`; with `applied` after it has taken effect. */
  failNext(method: Method, error: unknown, { applied = false } = {}): void {
    this.#faults.push({ method, error, applied });
  }

  /** Copies of a deal, oldest first. */
  copiesOf(sourceId: AmoDealId): readonly SourceDeal[] {
    return [...this.deals.values()].filter((deal) => markerOf(deal, this.markerFieldId)?.sourceDealId === sourceId);
  }

  /** Sizes of the calls of `method`, in order. */
  sizesOf(method: Method): readonly number[] {
    return this.calls.filter((call) => call.method === method).map(({ size }) => size);
  }

  serverTime(): Date {
    return this.now;
  }

  readDeals(ids: readonly AmoDealId[], call: AmoCall): Promise<readonly SourceDeal[]> {
    return this.read('readDeals', ids.length, call, () => ids.flatMap((id) => this.deals.get(id) ?? []));
  }

  async readOpenTasks(ids: readonly AmoDealId[], call: AmoCall): Promise<readonly DealTask[]> {
    return this.read('readOpenTasks', ids.length, call, () => this.tasks.filter(({ dealId }) => ids.includes(dealId)));
  }

  async readAllTasks(ids: readonly AmoDealId[], call: AmoCall): Promise<readonly DealTask[]> {
    return this.read('readAllTasks', ids.length, call, () => this.tasks.filter(({ dealId }) => ids.includes(dealId)));
  }

  readNotes(ids: readonly AmoDealId[], types: readonly string[], call: AmoCall): Promise<readonly DealNote[]> {
    return this.read('readNotes', ids.length, call, () =>
      this.notes.filter(({ dealId, type }) => ids.includes(dealId) && types.includes(type)),
    );
  }

  readProducts(
    elements: readonly { catalogId: number; elementId: number }[],
    call: AmoCall,
  ): Promise<readonly Product[]> {
    const wanted = new Set(elements.map(({ elementId }) => elementId));
    return this.read('readProducts', elements.length, call, () =>
      this.products.filter(({ elementId }) => wanted.has(elementId)),
    );
  }

  readProductLinks(
    ids: readonly AmoDealId[],
    call: AmoCall,
  ): Promise<ReadonlyMap<AmoDealId, readonly LinkedProduct[]>> {
    return this.read(
      'readProductLinks',
      ids.length,
      call,
      () => new Map(ids.map((id) => [id, this.deals.get(id)?.products ?? []])),
    );
  }

  findMarked(fieldId: number, since: Date, call: AmoCall): Promise<ReadonlyMap<CopyItemId, MarkedCopy>> {
    return this.read('findMarked', 1, call, () => {
      const fresh = [...this.deals.values()].filter(({ createdAt }) => createdAt >= since);
      return new Map(
        fresh.flatMap((deal) => {
          const marker = markerOf(deal, fieldId);
          return marker ? [[marker.itemId, { dealId: deal.id, ...partiesOf(deal) }] as const] : [];
        }),
      );
    });
  }

  createDeals(
    drafts: readonly Keyed<DealDraft>[],
    call: AmoCall,
  ): Promise<BatchOutcome<{ requestId: string; dealId: AmoDealId }>> {
    return this.write('createDeals', drafts, call, this.refusal, ({ requestId, value }) => ({
      requestId,
      dealId: this.create(value),
    }));
  }

  linkProducts(links: readonly Keyed<NewProductLink>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    return this.write(
      'linkProducts',
      links,
      call,
      () => null,
      ({ value: { dealId, ...line } }) => {
        const deal = this.deals.get(dealId);
        if (deal) this.deals.set(dealId, { ...deal, products: [...deal.products, line] });
      },
    );
  }

  createTasks(tasks: readonly Keyed<NewTask>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    return this.write('createTasks', tasks, call, this.taskRefusal, ({ value: { responsibleUserId, ...task } }) => {
      const owner = (responsibleUserId ?? 5) as AmoUserId;
      this.tasks.push(aDealTask({ ...task, id: this.id(), responsibleUserId: owner, createdAt: this.now }));
    });
  }

  createNotes(notes: readonly Keyed<NewNote>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    return this.write(
      'createNotes',
      notes,
      call,
      () => null,
      ({ value: { createdAt, createdBy, ...note } }) => {
        const author = createdBy ?? 5;
        this.notes.push(aDealNote({ ...note, id: this.id(), createdAt: createdAt ?? this.now, createdBy: author }));
      },
    );
  }

  /** Answer a read, unless it is to fail. */
  async read<T>(method: Method, size: number, call: AmoCall, answer: () => T): Promise<T> {
    const fault = await this.arrive(method, size, call);
    if (fault) throw fault.error;
    return answer();
  }

  /** Take a batch whole or not at all, unless it is to fail. */
  async write<V, R>(
    method: WriteMethod | ChangeMethod,
    entries: readonly Keyed<V>[],
    call: AmoCall,
    refusalOf: (value: V) => Issue | null,
    apply: (entry: Keyed<V>) => R,
  ): Promise<BatchOutcome<R>> {
    const fault = await this.arrive(method, entries.length, call);
    if (fault && !fault.applied) throw fault.error;
    const rejected = entries.flatMap(({ requestId, value }) => {
      const issue = refusalOf(value);
      return issue ? [{ requestId, issues: [issue] }] : [];
    });
    if (rejected.length > 0) return this.refused(entries, rejected);
    const results = entries.map(apply);
    if (fault) throw fault.error;
    return { kind: 'written', results };
  }

  private refused<R>(entries: readonly Keyed<unknown>[], rejected: readonly RejectedEntry[]): BatchOutcome<R> {
    if (this.attributes) return { kind: 'refused', attributed: true, rejected };
    const issues = rejected.flatMap((entry) => entry.issues);
    return { kind: 'refused', attributed: false, rejected: entries.map(({ requestId }) => ({ requestId, issues })) };
  }

  private async arrive(method: Method, size: number, call: AmoCall): Promise<Fault | undefined> {
    this.calls.push({ method, size, call });
    await this.onCall(method, call);
    call.signal?.throwIfAborted();
    const index = this.#faults.findIndex((fault) => fault.method === method);
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0];
  }

  private create({ responsibleUserId, price, fields, ...draft }: DealDraft): AmoDealId {
    const values = fields.map((field) => ({ ...field, name: '', code: null, type: 'text', isComputed: false }));
    const owner = (responsibleUserId ?? 5) as AmoUserId;
    const over = { ...draft, price: price ?? 0, responsibleUserId: owner, fields: values, createdAt: this.now };
    return this.addDeal(over).id;
  }

  private id<T = number>(): T {
    return this.#nextId++ as T;
  }
}
