import { problem } from '../http/answers.js';
import { inner, leaves, type Bracketed } from '../http/brackets.js';
import type { Call } from '../http/call.js';
import type { AccountTables, EntityType, LeadRow } from '../state/rows.js';
import { among, range, type Filters, type Test } from './filters.js';

type AnyEntity = AccountTables[EntityType];

/** Types whose filter takes enum ids. */
const CHOICE_TYPES = new Set(['select', 'multiselect', 'radiobutton']);

/** Filters of leads, contacts and companies. amoCRM: a paid option; ranges are the documented form of times. */
export function entityFilters<R extends AnyEntity>(type: EntityType): Filters<R> {
  return {
    id: among((row) => row.id),
    name: among((row) => row.name),
    created_by: among((row) => row.created_by),
    updated_by: among((row) => row.updated_by),
    responsible_user_id: among((row) => row.responsible_user_id),
    created_at: range((row) => row.created_at, 'equal'),
    updated_at: (value, call) => range<R>((row) => row.updated_at, call.settings.bareUpdatedAt)(value, call),
    closest_task_at: (value, call) => range<R>((row) => call.account.closestTaskAt(type, row.id), 'equal')(value, call),
    custom_fields_values: fieldFilter,
  };
}

export const LEAD_FILTERS: Filters<LeadRow> = {
  ...entityFilters<LeadRow>('leads'),
  price: range((row) => row.price, 'equal'),
  pipeline_id: among((row) => row.pipeline_id),
  closed_at: range((row) => row.closed_at, 'equal'),
  statuses: (value) => {
    const wanted = new Set(
      Object.values(typeof value === 'object' ? value : {}).map(
        (one) => `${leaves(inner(one, 'pipeline_id'))[0]}:${leaves(inner(one, 'status_id'))[0]}`,
      ),
    );
    return (row) => wanted.has(`${row.pipeline_id}:${row.status_id}`);
  },
};

/** `filter[custom_fields_values][{field_id}]`: values, enum ids, 0/1 for checkboxes, or a range. */
function fieldFilter(value: Bracketed, call: Call): Test<AnyEntity> {
  const tests = Object.entries(typeof value === 'object' ? value : {}).map(([fieldId, wanted]): Test<AnyEntity> => {
    if (inner(wanted, 'from') !== undefined || inner(wanted, 'to') !== undefined) {
      const from = Number(leaves(inner(wanted, 'from'))[0] ?? -Infinity);
      const to = Number(leaves(inner(wanted, 'to'))[0] ?? Infinity);
      return (row) =>
        (row.custom_fields[fieldId] ?? []).some((one) => Number(one['value']) >= from && Number(one['value']) <= to);
    }
    const choices = new Set(leaves(wanted));
    const key = CHOICE_TYPES.has(call.account.tables.get('fields', Number(fieldId))?.type ?? '') ? 'enum_id' : 'value';
    return (row) => (row.custom_fields[fieldId] ?? []).some((one) => choices.has(comparable(one[key])));
  });
  return (row) => tests.every((test) => test(row));
}

function comparable(value: unknown): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

/** Whether the paid filters apply now; refuses the request when they are off and the sandbox is told to refuse. */
export function filtersApply(call: Call): boolean {
  if (call.query['filter'] === undefined || call.settings.filters === 'enabled') return true;
  if (call.settings.filters === 'refused') throw problem(400, 'Filters are not available in this account');
  return false;
}

const PHONE_DIGITS = 5;

/** Lower-case text of a row, made once: rows are never changed in place. */
const searchTexts = new WeakMap<AnyEntity, string>();

function searchText(row: AnyEntity): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const values = Object.values(row.custom_fields).flatMap((one) => one.map((value) => String(value['value'])));
  const text = [row.name, ...values].join('\n').toLowerCase();
  searchTexts.set(row, text);
  return text;
}

/** Full-text search over the name and the filled fields; phones are compared by digits. */
export function searchTest(query: string): Test<AnyEntity> {
  const wanted = query.trim().toLowerCase();
  const digits = wanted.replace(/\D/g, '');
  const byDigits = digits.length >= PHONE_DIGITS && /^[\d\s()+-]+$/.test(wanted);
  const hasDigits = (text: string): boolean =>
    text.split('\n').some((line) => line.replace(/\D/g, '').includes(digits));
  return (row) => searchText(row).includes(wanted) || (byDigits && hasDigits(searchText(row)));
}
