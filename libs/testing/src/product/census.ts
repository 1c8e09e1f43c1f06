import type { SandboxClient } from './sandbox-client.js';
import type { Lead, Note, Task } from './sandbox-types.js';

/** Everything in the account that tells whether copies are there and complete. */
export interface Snapshot {
  readonly markerFieldId: number;
  readonly leads: readonly Lead[];
  readonly tasks: readonly Task[];
  readonly notes: readonly Note[];
}

/** How many sources have no copy, more than one, or one that is not whole; with a sentence for each. */
export interface Census {
  readonly sources: number;
  readonly lost: number;
  readonly doubled: number;
  readonly incomplete: number;
  readonly findings: readonly string[];
}

/** The note types that the census counts on copies; ask for exactly these. */
export const CENSUS_NOTES = ['common', 'call_in', 'service_message'];

const LINK = /\[sdelka:([0-9a-f-]{36})\]\s*$/;

export const snapshotOf = async (sandbox: SandboxClient, markerFieldId: number): Promise<Snapshot> => {
  const [leads, tasks, notes] = await Promise.all([
    sandbox.dump('leads'),
    sandbox.dump('tasks'),
    sandbox.dump('notes'),
  ]);
  return { markerFieldId, leads, tasks, notes: notes.filter(({ entity_type: type }) => type === 'leads') };
};

/**
 * Count what became of deals that were asked for once each, with default options besides `CENSUS_NOTES`. Looks at
 * amoCRM's side only: what our own records say does not matter.
 */
export const takeCensus = (sourceIds: readonly number[], snapshot: Snapshot): Census => {
  const account = new Account(snapshot);
  const findings: string[] = [];
  const count = { lost: 0, doubled: 0, incomplete: 0 };
  for (const id of sourceIds) {
    const copies = account.copiesOf(id);
    const [copy] = copies;
    if (!copy) {
      count.lost++;
      findings.push(`${id} has no copy`);
    } else if (copies.length > 1) {
      count.doubled++;
      findings.push(`${id} has ${copies.length} copies: ${copies.map(({ lead }) => lead.id).join(', ')}`);
    } else {
      const faults = account.faultsOf(id, copy);
      if (faults.length > 0) count.incomplete++;
      findings.push(...faults.map((fault) => `${id} → ${copy.lead.id}: ${fault}`));
    }
  }
  return { sources: sourceIds.length, ...count, findings };
};

interface MarkedCopy {
  readonly lead: Lead;
  readonly itemId: string;
}

class Account {
  readonly #leads: ReadonlyMap<number, Lead>;
  readonly #copies: ReadonlyMap<number, readonly MarkedCopy[]>;
  readonly #tasks: ReadonlyMap<number, readonly Task[]>;
  readonly #notes: ReadonlyMap<number, readonly Note[]>;

  constructor({ leads, tasks, notes, markerFieldId }: Snapshot) {
    this.#leads = new Map(leads.map((lead) => [lead.id, lead]));
    const marked = leads.flatMap((lead) => {
      const [source, itemId] = markerOf(lead, markerFieldId)?.split(':') ?? [];
      return source && itemId ? [{ source: Number(source), copy: { lead, itemId } }] : [];
    });
    this.#copies = grouped(
      marked,
      ({ source }) => source,
      ({ copy }) => copy,
    );
    this.#tasks = grouped(tasks, byEntity, itself);
    this.#notes = grouped(notes, byEntity, itself);
  }

  copiesOf(sourceId: number): readonly MarkedCopy[] {
    return this.#copies.get(sourceId) ?? [];
  }

  faultsOf(sourceId: number, { lead, itemId }: MarkedCopy): readonly string[] {
    const source = this.#leads.get(sourceId);
    if (!source) return ['the source is gone'];
    const notes = this.#notes.get(lead.id) ?? [];
    const onSource = this.#notes.get(sourceId) ?? [];
    return [
      ...differs('tasks', this.openTasks(sourceId), this.openTasks(lead.id)),
      ...differs('notes', noteTexts(onSource), noteTexts(notes)),
      ...differs('link notes', [itemId], linksIn(notes)),
      ...differs('link notes on the source', [itemId], linksIn(onSource)),
      ...differs('products', products(source), products(lead)),
      ...differs('contacts', contacts(source), contacts(lead)),
      ...differs('companies', source._embedded.companies.map(idOf), lead._embedded.companies.map(idOf)),
      ...differs('tags', source._embedded.tags.map(nameOf), lead._embedded.tags.map(nameOf)),
    ];
  }

  private openTasks(leadId: number): readonly string[] {
    const open = (this.#tasks.get(leadId) ?? []).filter(({ is_completed: done }) => !done);
    return open.map(({ task_type_id: type, text }) => `${type}:${text}`);
  }
}

/** The text of our marker on a deal. */
export const markerOf = (lead: Lead, markerFieldId: number): string | undefined => {
  const value = lead.custom_fields_values?.find(({ field_id: id }) => id === markerFieldId)?.values[0]?.['value'];
  return typeof value === 'string' ? value : undefined;
};

/** The items whose link notes are among these. */
export const linksIn = (notes: readonly Note[]): readonly string[] =>
  notes.flatMap((note) => LINK.exec(textOf(note))?.[1] ?? []);

const textOf = ({ params }: Note): string => String(params['text'] ?? params['uniq'] ?? '');

const noteTexts = (notes: readonly Note[]): readonly string[] =>
  notes
    .filter((note) => CENSUS_NOTES.includes(note.note_type) && !LINK.test(textOf(note)))
    .map((note) => `${note.note_type}:${textOf(note)}`);

const products = ({ _embedded }: Lead): readonly string[] =>
  _embedded.catalog_elements.map(({ id, metadata }) => `${id}×${metadata.quantity}`);
const contacts = ({ _embedded }: Lead): readonly string[] =>
  _embedded.contacts.map(({ id, is_main: main }) => `${id}${main ? ' (main)' : ''}`);
const idOf = ({ id }: { readonly id: number }): number => id;
const nameOf = ({ name }: { readonly name: string }): string => name;
const byEntity = ({ entity_id: id }: { readonly entity_id: number }): number => id;
const itself = <T>(entry: T): T => entry;

const differs = (
  what: string,
  wanted: readonly (string | number)[],
  found: readonly (string | number)[],
): readonly string[] => {
  const [left, right] = [wanted, found].map((list) => JSON.stringify(list.map(String).sort()));
  return left === right ? [] : [`${what}: ${left} became ${right}`];
};

const grouped = <T, V>(
  list: readonly T[],
  keyOf: (entry: T) => number,
  valueOf: (entry: T) => V,
): ReadonlyMap<number, readonly V[]> => {
  const groups = new Map<number, V[]>();
  for (const entry of list) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(valueOf(entry));
    else groups.set(key, [valueOf(entry)]);
  }
  return groups;
};
