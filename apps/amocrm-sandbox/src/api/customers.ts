import { problem } from '../http/answers.js';
import { selfLink, type Call, type Route } from '../http/call.js';
import { linkedIds } from '../state/links.js';
import type { CustomerRow } from '../state/rows.js';
import { applyFieldChanges, fieldsModel } from '../validate/custom-fields.js';
import { aNumber, aTime, anInt, nullable, shape, type RuleOutput } from '../validate/rules.js';
import { entityFilters } from './entity-filters.js';
import { authorship, embeddedTags, entityFields, given, lastChange, updateFields } from './entity-input.js';
import type { EntityKind } from './entity-kind.js';
import { elementRefs, reference } from './lead-model.js';
import { nextTags, tagModels } from './tags.js';

const fields = {
  ...entityFields('customers'),
  next_price: aNumber,
  next_date: aTime,
  periodicity: anInt,
  _embedded: nullable(shape(embeddedTags('customers'))),
};
const customerCreate = shape(fields);
const customerUpdate = shape({ ...fields, ...updateFields('customers') }, ['id']);

function insert(call: Call, input: RuleOutput<typeof customerCreate>): CustomerRow {
  const { account, userId, now } = call;
  return account.tables.put('customers', {
    id: account.tables.nextId('customers'),
    name: input.name ?? '',
    next_price: input.next_price ?? 0,
    next_date: input.next_date ?? null,
    periodicity: input.periodicity ?? 0,
    responsible_user_id: input.responsible_user_id ?? userId,
    is_deleted: false,
    ...authorship(input, userId, now),
    custom_fields: applyFieldChanges({}, input.custom_fields_values),
    tags: nextTags(account, 'customers', [], { ...input, _embedded: input._embedded ?? null }),
  });
}

function change(call: Call, before: CustomerRow, input: RuleOutput<typeof customerUpdate>): CustomerRow {
  return call.account.tables.put('customers', {
    ...before,
    ...given(input, [
      'name',
      'next_price',
      'next_date',
      'periodicity',
      'responsible_user_id',
      'created_by',
      'created_at',
    ]),
    ...lastChange(input, call.userId, call.now),
    custom_fields: applyFieldChanges(before.custom_fields, input.custom_fields_values),
    tags: nextTags(call.account, 'customers', before.tags, { ...input, _embedded: input._embedded ?? null }),
  });
}

function model(call: Call, row: CustomerRow, asked: ReadonlySet<string>): object {
  const { account } = call;
  const refs = (type: 'contacts' | 'companies'): object[] =>
    linkedIds(account, 'customers', row.id, type).map((id) => reference(call, type, id));
  return {
    id: row.id,
    name: row.name,
    next_price: row.next_price,
    next_date: row.next_date,
    periodicity: row.periodicity,
    responsible_user_id: row.responsible_user_id,
    status_id: null,
    purchases_count: 0,
    average_check: 0,
    ltv: 0,
    created_by: row.created_by,
    updated_by: row.updated_by,
    created_at: row.created_at,
    updated_at: row.updated_at,
    closest_task_at: account.closestTaskAt('customers', row.id),
    is_deleted: row.is_deleted,
    custom_fields_values: fieldsModel(call, row.custom_fields),
    account_id: account.id,
    _links: selfLink(call, `/api/v4/customers/${row.id}`),
    _embedded: {
      segments: [],
      tags: tagModels(account, row.tags),
      companies: refs('companies'),
      ...(asked.has('contacts') ? { contacts: refs('contacts') } : {}),
      ...(asked.has('catalog_elements') ? { catalog_elements: elementRefs(call, 'customers', row.id) } : {}),
    },
  };
}

/** Customers without their transactions, segments and statuses. */
export const CUSTOMERS: EntityKind<
  'customers',
  RuleOutput<typeof customerCreate>,
  RuleOutput<typeof customerUpdate>
> = {
  type: 'customers',
  create: customerCreate,
  update: customerUpdate,
  insert,
  change,
  model,
  order: ['updated_at', 'id'],
  filters: entityFilters('customers'),
};

/** amoCRM: everything about customers is refused while the feature is off. */
export function whereCustomersAreOn(routes: readonly Route[]): readonly Route[] {
  return routes.map((route) => {
    if (!route.path.startsWith('/api/v4/customers')) return route;
    return {
      ...route,
      handler: (call: Call) => {
        if (call.settings.customersMode === 'disabled') throw problem(402, 'Customers are switched off');
        return route.handler(call);
      },
    };
  });
}
