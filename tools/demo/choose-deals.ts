import type { LeadDump, Sandbox } from './sandbox.js';

const MARKER = /^[0-9]+:[0-9a-f-]{36}$/;

const isCopy = ({ custom_fields_values: fields }: LeadDump): boolean =>
  (fields ?? []).some(({ values }) => values.some(({ value }) => typeof value === 'string' && MARKER.test(value)));

/** Deals of the sandbox with the most to copy first: open tasks, notes, products, contacts and fields. */
export const richestDeals = async (sandbox: Sandbox, count: number): Promise<readonly LeadDump[]> => {
  const [leads, tasks, notes] = await Promise.all([
    sandbox.dump('leads'),
    sandbox.dump('tasks'),
    sandbox.dump('notes'),
  ]);
  const tally = (ids: readonly number[]): ReadonlyMap<number, number> => {
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  };
  const openTasks = tally(tasks.filter(({ is_completed: isCompleted }) => !isCompleted).map(({ entity_id: id }) => id));
  const texts = tally(
    notes
      .filter(({ entity_type: of, note_type: type }) => of === 'leads' && type === 'common')
      .map(({ entity_id: id }) => id),
  );
  const worth = (lead: LeadDump): number => {
    const { contacts, catalog_elements: products, tags } = lead._embedded;
    const kinds = [
      openTasks.get(lead.id) ?? 0,
      texts.get(lead.id) ?? 0,
      products.length,
      contacts.length,
      tags.length,
      lead.custom_fields_values?.length ?? 0,
    ];
    // Having a bit of everything shows more than having much of one thing.
    return kinds.filter((amount) => amount > 0).length * 100 + kinds.reduce((sum, amount) => sum + amount, 0);
  };
  const sources = leads.filter((lead) => lead.is_deleted !== true && !isCopy(lead));
  return sources.toSorted((a, b) => worth(b) - worth(a) || a.id - b.id).slice(0, count);
};
