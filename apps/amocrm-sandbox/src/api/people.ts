import { selfLink, type Call } from '../http/call.js';
import { linkedIds } from '../state/links.js';
import type { CompanyRow, ContactRow, EntityType } from '../state/rows.js';
import { applyFieldChanges, fieldsModel } from '../validate/custom-fields.js';
import { nullable, shape, text, type RuleOutput } from '../validate/rules.js';
import { entityFilters } from './entity-filters.js';
import { authorship, embeddedTags, entityFields, given, lastChange, updateFields } from './entity-input.js';
import type { EntityKind } from './entity-kind.js';
import { elementRefs, reference } from './lead-model.js';
import { nextTags, tagModels } from './tags.js';

const NAME_MAX = 255;
const nameParts = { first_name: text(NAME_MAX), last_name: text(NAME_MAX) };

export const contactCreate = shape({
  ...entityFields('contacts'),
  ...nameParts,
  _embedded: nullable(shape(embeddedTags('contacts'))),
});
export const contactUpdate = shape(
  {
    ...entityFields('contacts'),
    ...nameParts,
    ...updateFields('contacts'),
    _embedded: nullable(shape(embeddedTags('contacts'))),
  },
  ['id'],
);
export const companyCreate = shape({
  ...entityFields('companies'),
  _embedded: nullable(shape(embeddedTags('companies'))),
});
export const companyUpdate = shape(
  { ...entityFields('companies'), ...updateFields('companies'), _embedded: nullable(shape(embeddedTags('companies'))) },
  ['id'],
);

type PersonInput = RuleOutput<typeof contactCreate>;

/** Base row of a new contact or company. */
function newRow(call: Call, type: 'contacts' | 'companies', input: RuleOutput<typeof companyCreate>): CompanyRow {
  const { account, userId, now } = call;
  return {
    id: account.tables.nextId(type),
    name: input.name ?? '',
    responsible_user_id: input.responsible_user_id ?? userId,
    is_deleted: false,
    ...authorship(input, userId, now),
    custom_fields: applyFieldChanges({}, input.custom_fields_values),
    tags: nextTags(account, type, [], { ...input, _embedded: input._embedded ?? null }),
  };
}

function changed<R extends CompanyRow>(
  call: Call,
  type: 'contacts' | 'companies',
  before: R,
  input: RuleOutput<typeof companyUpdate>,
): R {
  return {
    ...before,
    ...given(input, ['name', 'responsible_user_id', 'created_by', 'created_at']),
    ...lastChange(input, call.userId, call.now),
    custom_fields: applyFieldChanges(before.custom_fields, input.custom_fields_values),
    tags: nextTags(call.account, type, before.tags, { ...input, _embedded: input._embedded ?? null }),
  };
}

/** amoCRM: the whole name is made of first and last name when those are given. */
function names(input: PersonInput, before?: ContactRow): Pick<ContactRow, 'name' | 'first_name' | 'last_name'> {
  const first = input.first_name ?? before?.first_name ?? '';
  const last = input.last_name ?? before?.last_name ?? '';
  const parts = input.first_name !== undefined || input.last_name !== undefined;
  const name = input.name ?? (parts ? `${first} ${last}`.trim() : (before?.name ?? ''));
  return { name, first_name: first, last_name: last };
}

function personModel(call: Call, type: 'contacts' | 'companies', row: CompanyRow): object {
  const { account } = call;
  return {
    responsible_user_id: row.responsible_user_id,
    group_id: account.groupOf(row.responsible_user_id),
    created_by: row.created_by,
    updated_by: row.updated_by,
    created_at: row.created_at,
    updated_at: row.updated_at,
    closest_task_at: account.closestTaskAt(type, row.id),
    is_deleted: row.is_deleted,
    custom_fields_values: fieldsModel(call, row.custom_fields),
    account_id: account.id,
    _links: selfLink(call, `/api/v4/${type}/${row.id}`),
  };
}

function embedded(call: Call, type: 'contacts' | 'companies', row: CompanyRow, asked: ReadonlySet<string>): object {
  const refs = (other: EntityType): object[] =>
    linkedIds(call.account, type, row.id, other).map((id) => reference(call, other, id));
  return {
    tags: tagModels(call.account, row.tags),
    ...(type === 'contacts' ? { companies: refs('companies') } : {}),
    ...(type === 'companies' && asked.has('contacts') ? { contacts: refs('contacts') } : {}),
    ...(asked.has('leads') ? { leads: refs('leads') } : {}),
    ...(asked.has('customers') ? { customers: refs('customers') } : {}),
    ...(asked.has('catalog_elements') ? { catalog_elements: elementRefs(call, type, row.id) } : {}),
  };
}

export const CONTACTS: EntityKind<'contacts', RuleOutput<typeof contactCreate>, RuleOutput<typeof contactUpdate>> = {
  type: 'contacts',
  create: contactCreate,
  update: contactUpdate,
  insert: (call, input) => call.account.tables.put('contacts', { ...newRow(call, 'contacts', input), ...names(input) }),
  change: (call, before, input) =>
    call.account.tables.put('contacts', { ...changed(call, 'contacts', before, input), ...names(input, before) }),
  model: (call, row, asked) => ({
    id: row.id,
    name: row.name,
    first_name: row.first_name,
    last_name: row.last_name,
    ...personModel(call, 'contacts', row),
    is_unsorted: row.is_unsorted ?? false,
    _embedded: embedded(call, 'contacts', row, asked),
  }),
  order: ['updated_at', 'id'],
  filters: entityFilters('contacts'),
};

export const COMPANIES: EntityKind<'companies', RuleOutput<typeof companyCreate>, RuleOutput<typeof companyUpdate>> = {
  type: 'companies',
  create: companyCreate,
  update: companyUpdate,
  insert: (call, input) => call.account.tables.put('companies', newRow(call, 'companies', input)),
  change: (call, before, input) => call.account.tables.put('companies', changed(call, 'companies', before, input)),
  model: (call, row, asked) => ({
    id: row.id,
    name: row.name,
    ...personModel(call, 'companies', row),
    _embedded: embedded(call, 'companies', row, asked),
  }),
  order: ['updated_at', 'id'],
  filters: entityFilters('companies'),
};
