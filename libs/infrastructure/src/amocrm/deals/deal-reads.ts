import { parseMarker } from '#domain/deals/copy-marker.js';
import { partiesOf } from '#domain/deals/deals-copied.js';
import type { DealNote, DealTask, LinkedProduct, Product, SourceDeal } from '#domain/deals/source-deal.js';
import { asId, type AmoDealId, type CopyItemId } from '#domain/shared/ids.js';
import type { AmoCall, MarkedCopy } from '#application/deals/ports/amo-deals.js';
import { AmoRefusal } from '../http/amo-errors.js';
import type { AmoHttp } from '../http/amo-http.js';
import type { FilterMemory } from '../http/filter-memory.js';
import type { FilteredRead } from '../http/filtered-read.js';
import { inParallel } from '../http/in-parallel.js';
import { readPages, SHRINKING_PAGES } from '../http/paged-read.js';
import { idOf, instantOf, recordOf, type WireRecord } from '../http/wire-value.js';
import { textOfField } from './field.mapper.js';
import { LEAD_WITH, toSourceDeal } from './lead.mapper.js';
import { toDealNote } from './note.mapper.js';
import { PRODUCT_ENTITY, toLinkedProduct, toProduct } from './product.mapper.js';
import { toDealTask } from './task.mapper.js';

/** Single reads at once: enough to use the whole budget, however slow an answer is. */
const SINGLE_READS_AT_ONCE = 8;

export interface DealReadsParts {
  readonly http: AmoHttp;
  readonly filtered: FilteredRead;
  readonly memory: FilterMemory;
  /** What lessons about filters are kept by: the current workspace. */
  readonly accountKey: () => string;
}

/** What a copy reads, in as few requests as amoCRM allows. */
export class DealReads {
  constructor(private readonly parts: DealReadsParts) {}

  async deals(ids: readonly AmoDealId[], call: AmoCall): Promise<readonly SourceDeal[]> {
    const found = new Map<number, SourceDeal>();
    for (const row of await this.dealRows([...new Set(ids)], call)) {
      const deal = toSourceDeal(row);
      if (deal && !deal.isDeleted) found.set(deal.id, deal);
    }
    return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
  }

  /** Open tasks, or all of them. */
  async tasks(dealIds: readonly AmoDealId[], which: 'open' | 'all', call: AmoCall): Promise<readonly DealTask[]> {
    const queryOf = (ids: readonly number[]) => ({
      filter: { entity_type: 'leads', is_completed: which === 'open' ? 0 : undefined, entity_id: ids },
      order: { id: 'asc' },
    });
    const rows = await this.parts.filtered.read({ path: '/api/v4/tasks', list: 'tasks', queryOf }, dealIds, call);
    const asked = new Set<number>(dealIds);
    const tasks = rows
      .filter((row) => which === 'all' || row.is_completed !== true)
      .flatMap((row) => toDealTask(row) ?? []);
    return oldestFirst(distinct(tasks.filter(({ dealId }) => asked.has(dealId))));
  }

  async notes(dealIds: readonly AmoDealId[], types: readonly string[], call: AmoCall): Promise<readonly DealNote[]> {
    if (types.length === 0) return [];
    const queryOf = (ids: readonly number[]) => ({
      filter: { note_type: types, entity_id: ids },
      order: { id: 'asc' },
    });
    const rows = await this.parts.filtered.read({ path: '/api/v4/leads/notes', list: 'notes', queryOf }, dealIds, call);
    const [asked, wanted] = [new Set<number>(dealIds), new Set(types)];
    const notes = rows.flatMap((row) => toDealNote(row) ?? []);
    return oldestFirst(distinct(notes.filter(({ dealId, type }) => asked.has(dealId) && wanted.has(type))));
  }

  async products(
    elements: readonly { catalogId: number; elementId: number }[],
    call: AmoCall,
  ): Promise<readonly Product[]> {
    const idsByCatalog = new Map<number, Set<number>>();
    for (const { catalogId, elementId } of elements) {
      idsByCatalog.set(catalogId, (idsByCatalog.get(catalogId) ?? new Set()).add(elementId));
    }
    const products: Product[] = [];
    for (const [catalogId, ids] of idsByCatalog) {
      const path = `/api/v4/catalogs/${catalogId}/elements`;
      const queryOf = (page: readonly number[]) => ({ filter: { id: page } });
      const rows = await this.parts.filtered.read({ path, list: 'elements', queryOf, isByOwnId: true }, [...ids], call);
      products.push(
        ...rows.flatMap((row) => toProduct(row, catalogId) ?? []).filter(({ elementId }) => ids.has(elementId)),
      );
    }
    return products;
  }

  async productLinks(
    dealIds: readonly AmoDealId[],
    call: AmoCall,
  ): Promise<ReadonlyMap<AmoDealId, readonly LinkedProduct[]>> {
    const links = new Map<AmoDealId, Map<string, LinkedProduct>>(dealIds.map((id) => [id, new Map()]));
    const queryOf = (ids: readonly number[]) => ({ filter: { entity_id: ids } });
    const list = { path: '/api/v4/leads/links', list: 'links', queryOf };
    for (const row of await this.parts.filtered.read(list, dealIds, call)) {
      const ofDeal = links.get(asId<AmoDealId>(idOf(row.entity_id) ?? 0));
      const product =
        row.to_entity_type === PRODUCT_ENTITY ? toLinkedProduct(row.to_entity_id, row.metadata) : undefined;
      if (product) ofDeal?.set(`${product.catalogId}:${product.elementId}`, product);
    }
    return new Map([...links].map(([id, products]) => [id, [...products.values()]]));
  }

  async marked(markerFieldId: number, since: Date, call: AmoCall): Promise<ReadonlyMap<CopyItemId, MarkedCopy>> {
    const { found, pages } = await this.walkMarked(markerFieldId, since, call);
    if (pages <= 1) return found;
    // A deal deleted between two pages pulls the rows below it up, and one of them slips past the walk. A copy that is
    // overlooked would be made twice, so a walk of several pages is made twice.
    const again = await this.walkMarked(markerFieldId, since, call);
    return new Map([...again.found, ...found]);
  }

  private async walkMarked(markerFieldId: number, since: Date, call: AmoCall) {
    const found = new Map<CopyItemId, MarkedCopy>();
    let pages = 0;
    const request = {
      path: '/api/v4/leads',
      list: 'leads',
      // By id, not by date: ids never tie, so no row falls between two pages; new deals only push rows down.
      query: { with: 'contacts', order: { id: 'desc' } },
      pageSizes: SHRINKING_PAGES,
    };
    for await (const page of readPages(this.parts.http, request, call)) {
      pages += 1;
      for (const lead of page) {
        const marker = parseMarker(textOfField(lead.custom_fields_values, markerFieldId) ?? '');
        const deal = marker && toSourceDeal(lead);
        // A later deal with the same marker is a person's copy of ours; the walk goes from new to old.
        if (deal) found.set(marker.itemId, { dealId: deal.id, ...partiesOf(deal) });
      }
      // A whole page, not one row: imports create deals with dates of the past.
      if (page.every((lead) => (instantOf(lead.created_at) ?? since) < since)) break;
    }
    return { found, pages };
  }

  private async dealRows(ids: readonly number[], call: AmoCall): Promise<WireRecord[]> {
    const { filtered, memory, accountKey } = this.parts;
    if (memory.areFiltersOff(accountKey())) return this.singly(ids, call);
    const queryOf = (page: readonly number[]) => ({ with: LEAD_WITH, filter: { id: page } });
    let rows: WireRecord[];
    try {
      rows = await filtered.read({ path: '/api/v4/leads', list: 'leads', queryOf, isByOwnId: true }, ids, call);
    } catch (error) {
      if (!(error instanceof AmoRefusal)) throw error;
      memory.learnFiltersOff(accountKey());
      return this.singly(ids, call);
    }
    const asked = new Set(ids);
    const wanted = rows.filter((row) => asked.has(idOf(row.id) ?? 0));
    if (wanted.length === rows.length) return rows;
    // Deals that nobody asked for: the account lacks the paid filters and ignores them.
    memory.learnFiltersOff(accountKey());
    const known = new Set(wanted.map((row) => idOf(row.id)));
    return [
      ...wanted,
      ...(await this.singly(
        ids.filter((id) => !known.has(id)),
        call,
      )),
    ];
  }

  private async singly(ids: readonly number[], call: AmoCall): Promise<WireRecord[]> {
    const rows: unknown[] = await inParallel(ids, SINGLE_READS_AT_ONCE, (id) =>
      this.parts.http.send({ method: 'GET', path: `/api/v4/leads/${id}`, query: { with: LEAD_WITH } }, call),
    );
    return rows.map(recordOf).filter((row) => row !== undefined);
  }
}

const oldestFirst = <T extends { id: number; createdAt: Date }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || a.id - b.id);

/** Rows move between pages while they are read. */
const distinct = <T extends { id: number }>(rows: readonly T[]): T[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];
