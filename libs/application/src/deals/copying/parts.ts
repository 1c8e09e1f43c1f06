import { Inject, Injectable } from '@nestjs/common';
import type { AmoDealId } from '#domain/shared/ids.js';
import { failure } from '#domain/deals/copy-failures.js';
import type { CopyRemark, NoteDraft } from '#domain/deals/copy-plan.js';
import { linkNoteItem, linkNotes } from '#domain/deals/link-notes.js';
import { missingNotes, missingProducts, missingTasks } from '#domain/deals/missing-entries.js';
import type { DealNote } from '#domain/deals/source-deal.js';
import {
  AMO_DEALS,
  type AmoCall,
  type AmoDeals,
  type NewNote,
  type NewProductLink,
  type NewTask,
  type RejectedEntry,
} from '../ports/amo-deals.js';
import { reasonOf } from './effects.js';
import type { ItemPart, PartEntry } from './part.js';
import type { WorkItem } from './work-item.js';

const onCopy = <V extends object>(
  item: WorkItem,
  values: readonly V[],
): readonly PartEntry<V & { readonly dealId: AmoDealId }>[] => {
  const { dealId } = item;
  return dealId === null ? [] : values.map((value) => ({ item, value: { ...value, dealId } }));
};

const copiesOf = (items: readonly WorkItem[]): readonly AmoDealId[] =>
  items.flatMap(({ dealId }) => (dealId === null ? [] : [dealId]));

/** The copy goes on without what was refused, and says so. */
const told =
  <V>(remarkOf: (entry: PartEntry<V>, reason: string) => CopyRemark) =>
  (entry: PartEntry<V>, rejected: RejectedEntry): void => {
    entry.item.remarks.push(remarkOf(entry, reasonOf(rejected)));
  };

/** The parts of a copy besides the deal itself, in the order in which they are written. */
@Injectable()
export class CopyParts {
  constructor(@Inject(AMO_DEALS) private readonly amo: AmoDeals) {}

  readonly products: ItemPart<NewProductLink> = {
    steps: { before: 'created', during: 'linking', after: 'linked' },
    batch: 'entries',
    entriesOf: (item) => onCopy(item, item.plan?.products ?? []),
    missingOf: async (items, call) => {
      const links = await this.amo.readProductLinks(copiesOf(items), call);
      return items.flatMap((item) =>
        onCopy(item, missingProducts(item.plan?.products ?? [], (item.dealId && links.get(item.dealId)) || [])),
      );
    },
    write: (entries, call) => this.amo.linkProducts(entries, call),
    refuse: told(({ value }, reason) => failure('deals.failure.product_refused', { product: value.elementId, reason })),
  };

  readonly tasks: ItemPart<NewTask> = {
    steps: { before: 'linked', during: 'tasking', after: 'tasked' },
    batch: 'entries',
    entriesOf: (item) => onCopy(item, item.plan?.tasks ?? []),
    missingOf: async (items, call) => {
      const tasks = await this.amo.readAllTasks(copiesOf(items), call);
      return items.flatMap((item) =>
        onCopy(
          item,
          missingTasks(
            item.plan?.tasks ?? [],
            tasks.filter(({ dealId }) => dealId === item.dealId),
          ),
        ),
      );
    },
    write: (entries, call) => this.amo.createTasks(entries, call),
    refuse: told(({ value }, reason) =>
      failure('deals.failure.task_refused', { task: value.text.slice(0, 80), reason }),
    ),
  };

  /** Notes of the copy, and with `linkNotes` the pair that points the two deals at each other. */
  notes(linked: boolean): ItemPart<NewNote> {
    return {
      steps: { before: 'tasked', during: 'noting', after: 'noted' },
      batch: 'entries',
      entriesOf: (item) => [...onCopy(item, notesOnCopy(item, linked)), ...noteOnSource(item, linked)],
      missingOf: (items, call) => this.missingNotes(items, linked, call),
      write: (entries, call) => this.amo.createNotes(entries, call),
      refuse: told((_, reason) => failure('deals.failure.note_refused', { reason })),
    };
  }

  private async missingNotes(
    items: readonly WorkItem[],
    linked: boolean,
    call: AmoCall,
  ): Promise<readonly PartEntry<NewNote>[]> {
    const types = [...new Set(['common', ...items.flatMap(({ plan }) => (plan?.notes ?? []).map(({ type }) => type))])];
    const existing = await this.amo.readNotes(copiesOf(items), types, call);
    const onSources = linked
      ? await this.amo.readNotes(
          items.map(({ item }) => item.sourceDealId),
          ['common'],
          call,
        )
      : [];
    return items.flatMap((item) => [
      ...onCopy(
        item,
        missingNotes(
          notesOnCopy(item, linked),
          existing.filter(({ dealId }) => dealId === item.dealId),
        ),
      ),
      ...(isLinkedFrom(item, onSources) ? [] : noteOnSource(item, linked)),
    ]);
  }
}

const linksOf = ({ item, dealId }: WorkItem) =>
  dealId === null ? null : linkNotes(item.sourceDealId, dealId, item.id);

const notesOnCopy = (item: WorkItem, linked: boolean): readonly NoteDraft[] => {
  const link = linked ? linksOf(item) : null;
  return [...(item.plan?.notes ?? []), ...(link ? [link.onCopy] : [])];
};

const noteOnSource = (item: WorkItem, linked: boolean): readonly PartEntry<NewNote>[] => {
  const link = linked ? linksOf(item) : null;
  return link ? [{ item, value: { ...link.onSource, dealId: item.item.sourceDealId } }] : [];
};

const isLinkedFrom = ({ item }: WorkItem, notes: readonly DealNote[]): boolean =>
  notes.some((note) => note.dealId === item.sourceDealId && linkNoteItem(note) === item.id);
