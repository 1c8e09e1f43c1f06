import type { DealDraft } from '#domain/deals/copy-plan.js';
import type { AmoDealId } from '#domain/shared/ids.js';
import type { AmoCall, AmoDeals, Keyed, NewNote, NewProductLink, NewTask } from '#application/deals/ports/amo-deals.js';
import type { AmoHttp } from '../http/amo-http.js';
import { FilterMemory } from '../http/filter-memory.js';
import { FilteredRead } from '../http/filtered-read.js';
import { DealReads } from './deal-reads.js';
import { DealWrites } from './deal-writes.js';

/** The copy engine's view of amoCRM, over HTTP. */
export class HttpAmoDeals implements AmoDeals {
  readonly #reads: DealReads;
  readonly #writes: DealWrites;

  /** @param accountKey  tells accounts apart; the id of the current workspace does */
  constructor(
    private readonly http: AmoHttp,
    accountKey: () => string,
    memory = new FilterMemory(),
  ) {
    this.#reads = new DealReads({ http, filtered: new FilteredRead(http, memory, accountKey), memory, accountKey });
    this.#writes = new DealWrites(http);
  }

  serverTime(): Date {
    return this.http.serverTime();
  }

  readDeals(ids: readonly AmoDealId[], call: AmoCall) {
    return this.#reads.deals(ids, call);
  }

  readOpenTasks(dealIds: readonly AmoDealId[], call: AmoCall) {
    return this.#reads.tasks(dealIds, 'open', call);
  }

  readAllTasks(dealIds: readonly AmoDealId[], call: AmoCall) {
    return this.#reads.tasks(dealIds, 'all', call);
  }

  readNotes(dealIds: readonly AmoDealId[], types: readonly string[], call: AmoCall) {
    return this.#reads.notes(dealIds, types, call);
  }

  readProducts(elements: readonly { catalogId: number; elementId: number }[], call: AmoCall) {
    return this.#reads.products(elements, call);
  }

  readProductLinks(dealIds: readonly AmoDealId[], call: AmoCall) {
    return this.#reads.productLinks(dealIds, call);
  }

  findMarked(markerFieldId: number, since: Date, call: AmoCall) {
    return this.#reads.marked(markerFieldId, since, call);
  }

  createDeals(drafts: readonly Keyed<DealDraft>[], call: AmoCall) {
    return this.#writes.createDeals(drafts, call);
  }

  linkProducts(links: readonly Keyed<NewProductLink>[], call: AmoCall) {
    return this.#writes.linkProducts(links, call);
  }

  createTasks(tasks: readonly Keyed<NewTask>[], call: AmoCall) {
    return this.#writes.createTasks(tasks, call);
  }

  createNotes(notes: readonly Keyed<NewNote>[], call: AmoCall) {
    return this.#writes.createNotes(notes, call);
  }
}
