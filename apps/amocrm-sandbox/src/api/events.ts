import { EVENT_TYPES } from '../history/event-types.js';
import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { inner, leaves, type Bracketed } from '../http/brackets.js';
import { route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer } from '../http/paging.js';
import { PLURAL } from '../state/entity-names.js';
import type { EventRow, EventValue } from '../state/extra-rows.js';
import { among, applyFilters, range, type Filters, type Test } from './filters.js';

const LIMIT_MAX = 100;
const IDS_MAX = 10;

/** What may be asked for about before or after. */
function valueTest(value: Bracketed, valuesOf: (row: EventRow) => readonly EventValue[]): Test<EventRow> {
  const tests: ((values: readonly EventValue[]) => boolean)[] = [];
  const some = (matches: (one: EventValue) => boolean): void => void tests.push((values) => values.some(matches));
  const stages = inner(value, 'leads_statuses');
  if (typeof stages === 'object') {
    const wanted = new Set(
      Object.values(stages).map(
        (one) => `${leaves(inner(one, 'pipeline_id'))[0]}:${leaves(inner(one, 'status_id'))[0]}`,
      ),
    );
    some(({ lead_status: stage }) => wanted.has(`${String(stage?.['pipeline_id'])}:${String(stage?.['id'])}`));
  }
  const users = listed(inner(value, 'responsible_user_id'));
  if (users) some(({ responsible_user: user }) => users.has(String(user?.['id'])));
  const enums = listed(inner(value, 'custom_field_values'));
  if (enums) some(({ custom_field_value: field }) => enums.has(String(field?.['enum_id'])));
  const text = leaves(inner(value, 'value'))[0];
  if (text !== undefined)
    some((one) =>
      [one['sale_field_value']?.['sale'], one['name_field_value']?.['name'], one['custom_field_value']?.['text']].some(
        (own) => String(own) === text,
      ),
    );
  return (row) => tests.every((test) => test(valuesOf(row)));
}

/** `1,2` as a set of texts. */
function listed(value: Bracketed | undefined): ReadonlySet<string> | null {
  return value === undefined ? null : new Set(leaves(value).flatMap((text) => text.split(',')));
}

const FILTERS: Filters<EventRow> = {
  id: among((row) => row.id),
  created_at: range((row) => row.created_at, 'after'),
  created_by: among((row) => row.created_by),
  entity: among((row) => row.entity_type),
  entity_id: among((row) => row.entity_id),
  type: among((row) => row.type),
  value_before: (value) => valueTest(value, (row) => row.value_before),
  value_after: (value) => valueTest(value, (row) => row.value_after),
};

/** amoCRM: at most ten ids in created_by and entity_id, and entity_id only with exactly one entity. */
function checkFilter(call: Call): void {
  const filter = call.query['filter'];
  for (const name of ['created_by', 'entity_id']) {
    if (leaves(inner(filter, name)).length > IDS_MAX) throw problem(400, `filter[${name}]: not more than ${IDS_MAX}`);
  }
  if (inner(filter, 'entity_id') !== undefined && leaves(inner(filter, 'entity')).length !== 1)
    throw problem(400, 'filter[entity_id] needs exactly one filter[entity]');
}

/** The fewest rows that can hold the answer: those of the entities asked for, or all. */
function candidates(call: Call): Iterable<EventRow> {
  const filter = call.query['filter'];
  const ids = leaves(inner(filter, 'entity_id'));
  const entity = leaves(inner(filter, 'entity'))[0] ?? '';
  if (ids.length === 0) return call.account.tables.all('events');
  return ids.flatMap((id) => [...call.account.eventsOf.of(`${entity}:${id}`)]);
}

/** Newest first. */
function list(call: Call): Answer {
  checkFilter(call);
  const rows = applyFilters(call, candidates(call), FILTERS).reverse();
  rows.sort((a, b) => b.created_at - a.created_at);
  return listAnswer(call, { key: 'events', rows, model: (row) => eventModel(call, row), maxLimit: LIMIT_MAX });
}

function eventModel(call: Call, row: EventRow): object {
  const path = PLURAL[row.entity_type] ?? row.entity_type;
  return {
    id: row.id,
    type: row.type,
    entity_id: row.entity_id,
    entity_type: row.entity_type,
    created_by: row.created_by,
    created_at: row.created_at,
    value_after: row.value_after,
    value_before: row.value_before,
    account_id: call.account.id,
    _links: selfLink(call, `/api/v4/events/${row.id}`),
    _embedded: { entity: { id: row.entity_id, _links: selfLink(call, `/api/v4/${path}/${row.entity_id}`) } },
  };
}

const EVENTS = '/api/v4/events';

export const eventRoutes: readonly Route[] = [
  route('GET', EVENTS, list),
  route('GET', `${EVENTS}/types`, (call) =>
    ok({
      _total_items: EVENT_TYPES.length,
      _links: selfLink(call, call.path),
      _embedded: { events_types: EVENT_TYPES },
    }),
  ),
  route('GET', `${EVENTS}/:eventId`, (call) => {
    const row = call.account.tables.get('events', call.params['eventId'] ?? '');
    return row ? ok(eventModel(call, row)) : noContent;
  }),
];
