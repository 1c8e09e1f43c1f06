import { created, noContent, ok, problem, type Answer } from '../http/answers.js';
import { idParam, route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer, ordered } from '../http/paging.js';
import type { AccountState } from '../state/account.js';
import { ENTITY_TYPES, type EnumRow, type FieldOwner, type FieldRow } from '../state/rows.js';
import { parseBatch, parseSingle, withPathId, type Item } from '../validate/batch.js';
import { FIELD_TYPES } from '../validate/field-types.js';
import {
  aBool,
  aRequestId,
  anInt,
  listOf,
  nullable,
  oneOf,
  refined,
  shape,
  text,
  type RuleOutput,
} from '../validate/rules.js';
import { createGroups, listGroups } from './field-groups.js';
import { among, applyFilters } from './filters.js';
import { adminOnly } from './rights.js';

const anEnum = shape({ id: anInt, value: text(255, { blank: false }), sort: anInt, code: nullable(text(255)) }, [
  'value',
]);
const aChain = shape({ title: text(255), catalog_id: anInt, parent_catalog_id: nullable(anInt) }, [
  'title',
  'catalog_id',
]);

/** Settings that are stored as given and shown again. */
const accepted = {
  is_visible: aBool,
  is_required: aBool,
  is_deletable: aBool,
  required_statuses: nullable(listOf((value) => value)),
  settings: nullable((value) => value),
};

const fields = {
  name: text(255, { blank: false }),
  code: nullable(text(255)),
  sort: anInt,
  group_id: nullable(text(64)),
  is_api_only: aBool,
  enums: nullable(listOf(anEnum)),
  chained_lists: nullable(listOf(aChain, { max: 5 })),
  currency: nullable(text(3)),
  remind: nullable(oneOf(['never', 'day', 'week', 'month'])),
  request_id: aRequestId,
  ...accepted,
};

function fieldCreate(owner: FieldOwner) {
  return refined(shape({ ...fields, type: oneOf(Object.keys(FIELD_TYPES)) }, ['name', 'type']), (input, place) => {
    const type = FIELD_TYPES[input.type];
    const kind = owner.startsWith('catalogs/') ? 'catalogs' : owner;
    if (!type?.owners.includes(kind)) return place.at('type').fail('NotSupportedChoice');
    if (input.code && place.account.fieldByCode(owner, input.code)) return place.at('code').fail('NotSupportedChoice');
    return input;
  });
}

const fieldUpdate = shape({ ...fields, id: anInt }, ['id']);
type FieldInput = Omit<RuleOutput<typeof fieldUpdate>, 'id'>;

/** amoCRM: enums sent without their ids are deleted and made anew, with new ids. */
function enumsOf(account: AccountState, input: FieldInput): readonly EnumRow[] | null {
  return (input.enums ?? []).map((item, index) => ({
    id: item.id ?? account.nextEnumId(),
    value: item.value,
    sort: item.sort ?? (index + 1) * 10,
    code: item.code ?? null,
  }));
}

export function fieldModel(call: Call, field: FieldRow): object {
  return {
    id: field.id,
    name: field.name,
    type: field.type,
    account_id: call.account.id,
    code: field.code,
    sort: field.sort,
    is_api_only: field.is_api_only,
    enums: field.enums?.map((item) => ({ id: item.id, value: item.value, sort: item.sort, code: item.code })) ?? null,
    group_id: field.group_id,
    required_statuses: [],
    is_deletable: !field.is_predefined,
    is_predefined: field.is_predefined,
    entity_type: field.owner.startsWith('catalogs/') ? 'catalogs' : field.owner,
    ...(field.owner === 'leads' ? { is_computed: field.is_computed } : {}),
    ...(field.type === 'monetary' ? { currency: field.currency } : {}),
    tracking_callback: null,
    remind: field.remind,
    chained_lists: field.chained_lists,
    _links: selfLink(call, `/api/v4/${field.owner}/custom_fields/${field.id}`),
  };
}

function list(call: Call, owner: FieldOwner): Answer {
  const rows = applyFilters(call, call.account.fields(owner), { type: among<FieldRow>((field) => field.type) });
  return listAnswer(call, {
    key: 'custom_fields',
    rows: ordered(call, rows, ['sort', 'id']),
    model: (field) => fieldModel(call, field),
    totals: true,
  });
}

function create(call: Call, owner: FieldOwner): Answer {
  const { account } = call;
  const made = parseBatch(call, fieldCreate(owner)).map(({ input, requestId }) => {
    const field = account.tables.put('fields', {
      id: account.tables.nextId('fields'),
      owner,
      name: input.name,
      type: input.type,
      code: input.code ?? null,
      sort: input.sort ?? 500,
      group_id: input.group_id ?? null,
      is_api_only: input.is_api_only ?? false,
      is_predefined: false,
      is_computed: false,
      enums: FIELD_TYPES[input.type]?.hasEnums ? enumsOf(account, input) : null,
      chained_lists: chainsOf(input),
      currency: input.type === 'monetary' ? (input.currency ?? 'RUB') : null,
      remind: input.type === 'birthday' ? (input.remind ?? 'never') : null,
    });
    return { ...fieldModel(call, field), request_id: requestId };
  });
  return created({ _total_items: made.length, _links: selfLink(call, call.path), _embedded: { custom_fields: made } });
}

function chainsOf(input: FieldInput): FieldRow['chained_lists'] {
  return (
    input.chained_lists?.map((chain) => ({ ...chain, parent_catalog_id: chain.parent_catalog_id ?? null })) ?? null
  );
}

function change(call: Call, owner: FieldOwner, input: { id: number } & FieldInput): object {
  const before = find(call, owner, input.id);
  const after = call.account.tables.put('fields', {
    ...before,
    name: input.name ?? before.name,
    code: input.code === undefined ? before.code : input.code,
    sort: input.sort ?? before.sort,
    group_id: input.group_id === undefined ? before.group_id : input.group_id,
    is_api_only: input.is_api_only ?? before.is_api_only,
    enums: input.enums === undefined || before.enums === null ? before.enums : enumsOf(call.account, input),
    chained_lists: input.chained_lists === undefined ? before.chained_lists : chainsOf(input),
  });
  return fieldModel(call, after);
}

function find(call: Call, owner: FieldOwner, id: number): FieldRow {
  const field = call.account.tables.get('fields', id);
  if (field?.owner !== owner) throw problem(404, 'Custom field not found');
  return field;
}

function updateMany(call: Call, owner: FieldOwner): Answer {
  const custom_fields = parseBatch(call, fieldUpdate).map(
    ({ input, requestId }: Item<{ id: number } & FieldInput>) => ({
      ...change(call, owner, input),
      request_id: requestId,
    }),
  );
  return ok({ _total_items: custom_fields.length, _links: selfLink(call, call.path), _embedded: { custom_fields } });
}

function updateOne(call: Call, owner: FieldOwner): Answer {
  return ok(change(call, owner, parseSingle(withPathId(call, idParam(call, 'fieldId')), fieldUpdate)));
}

function remove(call: Call, owner: FieldOwner): Answer {
  const field = find(call, owner, idParam(call, 'fieldId'));
  if (field.is_predefined) throw problem(422, 'A predefined field cannot be deleted');
  call.account.tables.remove('fields', field.id);
  return noContent;
}

/** The same routes for each owner; `base` names it, with the catalog id in the path where needed. */
function fieldRoutes(base: string, ownerOf: (call: Call) => FieldOwner): Route[] {
  const path = `/api/v4/${base}/custom_fields`;
  return [
    route('GET', path, (call) => list(call, ownerOf(call))),
    route(
      'POST',
      path,
      adminOnly((call) => create(call, ownerOf(call))),
    ),
    route(
      'PATCH',
      path,
      adminOnly((call) => updateMany(call, ownerOf(call))),
    ),
    route('GET', `${path}/groups`, (call) => listGroups(call, ownerOf(call))),
    route(
      'POST',
      `${path}/groups`,
      adminOnly((call) => createGroups(call, ownerOf(call))),
    ),
    route('GET', `${path}/:fieldId`, (call) =>
      ok(fieldModel(call, find(call, ownerOf(call), idParam(call, 'fieldId')))),
    ),
    route(
      'PATCH',
      `${path}/:fieldId`,
      adminOnly((call) => updateOne(call, ownerOf(call))),
    ),
    route(
      'DELETE',
      `${path}/:fieldId`,
      adminOnly((call) => remove(call, ownerOf(call))),
    ),
  ];
}

function catalogOwner(call: Call): FieldOwner {
  const id = idParam(call);
  if (!call.account.tables.get('catalogs', id)) throw problem(404, 'Catalog not found');
  return `catalogs/${id}`;
}

export const customFieldRoutes: readonly Route[] = [
  ...ENTITY_TYPES.flatMap((type) => fieldRoutes(type, () => type)),
  ...fieldRoutes('catalogs/:id', catalogOwner),
];
