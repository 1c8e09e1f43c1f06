import { Inject, Injectable } from '@nestjs/common';
import type { AmoDealId } from '#domain/shared/ids.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { DealNote, DealTask, Product, SourceDeal } from '#domain/deals/source-deal.js';
import { AMO_DEALS, type AmoCall, type AmoDeals } from '../ports/amo-deals.js';

/** Everything about some deals that planning their copies needs. */
export interface Sources {
  readonly deals: ReadonlyMap<AmoDealId, SourceDeal>;
  readonly tasks: ReadonlyMap<AmoDealId, readonly DealTask[]>;
  readonly notes: ReadonlyMap<AmoDealId, readonly DealNote[]>;
  readonly products: readonly Product[];
}

/** Reads sources in as few requests as possible: only what the options ask for, a page at a time. */
@Injectable()
export class SourceReader {
  constructor(@Inject(AMO_DEALS) private readonly amo: AmoDeals) {}

  /** @param ids  at most 250 */
  async read(ids: readonly AmoDealId[], options: CopyOptions, call: AmoCall): Promise<Sources> {
    const deals = await this.amo.readDeals(ids, call);
    const found = deals.map(({ id }) => id);
    const [tasks, notes, products] = await Promise.all([
      options.tasks === 'open' && found.length > 0 ? this.amo.readOpenTasks(found, call) : [],
      options.notes.length > 0 && found.length > 0 ? this.amo.readNotes(found, options.notes, call) : [],
      options.products === 'copy' ? this.readProducts(deals, call) : [],
    ]);
    return {
      deals: new Map(deals.map((deal) => [deal.id, deal])),
      tasks: byDeal(tasks),
      notes: byDeal(notes),
      products,
    };
  }

  private async readProducts(deals: readonly SourceDeal[], call: AmoCall): Promise<readonly Product[]> {
    const wanted = new Map(
      deals.flatMap(({ products }) => products.map((line) => [`${line.catalogId}:${line.elementId}`, line] as const)),
    );
    return wanted.size === 0 ? [] : this.amo.readProducts([...wanted.values()], call);
  }
}

/** Entries by the deal that they belong to. */
export const byDeal = <T extends { readonly dealId: AmoDealId }>(
  entries: readonly T[],
): ReadonlyMap<AmoDealId, readonly T[]> => {
  const map = new Map<AmoDealId, T[]>();
  for (const entry of entries) {
    const list = map.get(entry.dealId);
    if (list) list.push(entry);
    else map.set(entry.dealId, [entry]);
  }
  return map;
};
