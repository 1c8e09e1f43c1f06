import type { FieldDump, LeadDump, NamedEntry, NoteDump, PipelineDump, Sandbox, TaskDump } from './sandbox.js';
import type { Row } from './side-by-side.js';

/** Everything that is shown of a deal: one text for each part. */
type Card = ReadonlyMap<string, string>;

interface Names {
  readonly users: ReadonlyMap<number, string>;
  readonly contacts: ReadonlyMap<number, string>;
  readonly companies: ReadonlyMap<number, string>;
  readonly products: ReadonlyMap<number, string>;
  readonly pipelines: readonly PipelineDump[];
  readonly when: Clock;
}

interface Dumped {
  readonly lead: LeadDump;
  readonly tasks: readonly TaskDump[];
  readonly notes: readonly NoteDump[];
}

const NOTES_SHOWN = 6;

const namesOf = (entries: readonly NamedEntry[]): ReadonlyMap<number, string> =>
  new Map(entries.map(({ id, name }) => [id, name]));
const price = (value: number): string => new Intl.NumberFormat('en').format(value);
const DAYS = new Set(['date', 'birthday']);

/** Shows amoCRM's Unix seconds as the account's people see them. */
type Clock = (unixSeconds: number) => string;

// Swedish writes dates as ISO 8601 does.
const clockOf = (timeZone: string): Clock => {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (unixSeconds) => format.format(unixSeconds * 1_000);
};

/** Values that are objects by the member that people know them by. */
const valueText = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  const { name, file_name: file } = value as { readonly name?: unknown; readonly file_name?: unknown };
  return typeof (name ?? file) === 'string' ? String(name ?? file) : JSON.stringify(value);
};

/** Entries of a chained list have no value of their own, only the catalogue element that they point at. */
const entryText = ({ value, catalog_element_id: element }: FieldDump['values'][number]): string =>
  value === undefined ? `element #${String(element)}` : valueText(value);

const fieldText = ({ field_type: type, values }: FieldDump, when: Clock): string =>
  values
    .map((entry) => {
      const { value } = entry;
      if (typeof value !== 'number') return entryText(entry);
      if (DAYS.has(type)) return when(value).slice(0, 10);
      return type === 'date_time' ? when(value) : String(value);
    })
    .join(', ');

const stageOf = ({ pipeline_id, status_id }: LeadDump, pipelines: readonly PipelineDump[]): string => {
  const pipeline = pipelines.find(({ id }) => id === pipeline_id);
  const stage = pipeline?._embedded.statuses.find(({ id }) => id === status_id);
  return `${pipeline?.name ?? pipeline_id} / ${stage?.name ?? status_id}`;
};

const cardOf = ({ lead, tasks, notes }: Dumped, names: Names): Card => {
  const { tags, contacts, companies, catalog_elements: products } = lead._embedded;
  const open = tasks.filter(({ is_completed: isCompleted }) => !isCompleted).toSorted((a, b) => a.id - b.id);
  const texts = notes
    .filter(({ note_type: type, entity_type: of }) => type === 'common' && of === 'leads')
    .toSorted((a, b) => a.created_at - b.created_at || a.id - b.id);
  return new Map([
    ['Name', lead.name],
    ['Price', `${price(lead.price)} ₽`],
    ['Stage', stageOf(lead, names.pipelines)],
    ['Responsible', names.users.get(lead.responsible_user_id) ?? `#${lead.responsible_user_id}`],
    [
      'Tags',
      tags
        .map(({ name }) => name)
        .toSorted()
        .join(', '),
    ],
    [
      'Contacts',
      contacts.map(({ id, is_main: isMain }) => `${names.contacts.get(id) ?? id}${isMain ? ' (main)' : ''}`).join(', '),
    ],
    ['Company', companies.map(({ id }) => names.companies.get(id) ?? String(id)).join(', ')],
    ...(lead.custom_fields_values ?? []).map((field): [string, string] => [
      field.field_name,
      fieldText(field, names.when),
    ]),
    ...products
      .toSorted((a, b) => a.id - b.id)
      .map(({ id, metadata }): [string, string] => [
        `Product #${id}`,
        `${metadata.quantity} × ${names.products.get(id) ?? ''}`,
      ]),
    ...open.map(({ text, complete_till: till }, index): [string, string] => [
      `Open task ${index + 1}`,
      `${names.when(till)}  ${text}`,
    ]),
    ...texts
      .slice(0, NOTES_SHOWN)
      .map(({ params, created_at: at }): [string, string] => [`Note of ${names.when(at)}`, params.text ?? '']),
  ]);
};

const readNames = async (sandbox: Sandbox, leads: readonly LeadDump[], timeZone: string): Promise<Names> => {
  const [users, contacts, companies, pipelines] = await Promise.all([
    sandbox.dump('users'),
    sandbox.dump('contacts'),
    sandbox.dump('companies'),
    sandbox.dump('pipelines'),
  ]);
  const token = await sandbox.token();
  const lines = new Map(
    leads.flatMap(({ _embedded: { catalog_elements: products } }) =>
      products.map(({ id, metadata }) => [id, metadata.catalog_id] as const),
    ),
  );
  const products = await Promise.all([...lines].map(([id, catalogId]) => sandbox.element(catalogId, id, token)));
  return {
    users: namesOf(users),
    contacts: namesOf(contacts),
    companies: namesOf(companies),
    products: namesOf(products),
    pipelines,
    when: clockOf(timeZone),
  };
};

/** A source and its copy as they stand in amoCRM, part by part; times are the account's. */
export const compareDeals = async (
  sandbox: Sandbox,
  sourceId: number,
  copyId: number,
  timeZone: string,
): Promise<readonly Row[]> => {
  const ids = [sourceId, copyId];
  const [leads, tasks, notes] = await Promise.all([
    sandbox.dump('leads', ids),
    sandbox.dump('tasks', ids),
    sandbox.dump('notes', ids),
  ]);
  const names = await readNames(sandbox, leads, timeZone);
  const [source, copy] = ids.map((id) => {
    const lead = leads.find((candidate) => candidate.id === id);
    if (!lead) throw new Error(`amoCRM has no deal ${id}`);
    return cardOf(
      {
        lead,
        tasks: tasks.filter(({ entity_id: of }) => of === id),
        notes: notes.filter(({ entity_id: of }) => of === id),
      },
      names,
    );
  });
  return [...new Set([...(source?.keys() ?? []), ...(copy?.keys() ?? [])])].map((part) => ({
    part,
    source: source?.get(part) ?? '',
    copy: copy?.get(part) ?? '',
  }));
};
