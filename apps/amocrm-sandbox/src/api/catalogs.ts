import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { leaves } from '../http/brackets.js';
import { idParam, route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer, ordered } from '../http/paging.js';
import type { CatalogRow, ElementRow } from '../state/rows.js';
import { parseBatch, parseSingle, withPathId } from '../validate/batch.js';
import { applyFieldChanges, customFields, fieldsModel } from '../validate/custom-fields.js';
import { aBool, aRequestId, anInt, oneOf, shape, text, type Rule } from '../validate/rules.js';
import { given } from './entity-input.js';
import { among, applyFilters } from './filters.js';

const NAME_MAX = 255;
const CATALOGS_MAX = 10;

const catalogFields = {
  name: text(NAME_MAX, { blank: false }),
  type: oneOf<CatalogRow['type']>(['regular', 'invoices', 'products']),
  sort: anInt,
  can_add_elements: aBool,
  can_show_in_cards: aBool,
  can_link_multiple: aBool,
  request_id: aRequestId,
};
const aCatalog = shape(catalogFields, ['name']);
const aCatalogChange = shape(catalogFields);

export function catalogModel(call: Call, catalog: CatalogRow): object {
  return {
    ...catalog,
    can_be_deleted: catalog.type === 'regular',
    sdk_widget_code: null,
    account_id: call.account.id,
    _links: selfLink(call, `/api/v4/catalogs/${catalog.id}`),
  };
}

export function elementModel(call: Call, element: ElementRow): object {
  const { custom_fields: fields, ...rest } = element;
  return {
    ...rest,
    custom_fields_values: fieldsModel(call, fields),
    account_id: call.account.id,
    _links: selfLink(call, `/api/v4/catalogs/${element.catalog_id}/elements/${element.id}`),
  };
}

function findCatalog(call: Call): CatalogRow {
  const catalog = call.account.tables.get('catalogs', idParam(call));
  if (!catalog) throw problem(404, 'Catalog not found');
  return catalog;
}

function listCatalogs(call: Call): Answer {
  const rows = [...call.account.tables.all('catalogs')].sort((a, b) => a.sort - b.sort);
  return listAnswer(call, { key: 'catalogs', rows, model: (catalog) => catalogModel(call, catalog) });
}

function createCatalogs(call: Call): Answer {
  const { account, userId, now } = call;
  const items = parseBatch(call, aCatalog);
  if (account.tables.count('catalogs') + items.length > CATALOGS_MAX)
    throw problem(400, `Not more than ${CATALOGS_MAX} catalogs`);
  const catalogs = items.map(({ input, requestId }) => {
    const { request_id: _echoed, ...fields } = input;
    const row: CatalogRow = {
      type: 'regular',
      sort: 10,
      can_add_elements: true,
      can_show_in_cards: true,
      can_link_multiple: true,
      ...fields,
      id: account.tables.nextId('catalogs'),
      created_by: userId,
      updated_by: userId,
      created_at: now,
      updated_at: now,
    };
    return { ...catalogModel(call, account.tables.put('catalogs', row)), request_id: requestId };
  });
  return ok({ _links: selfLink(call, call.path), _embedded: { catalogs } });
}

function updateCatalog(call: Call): Answer {
  const { request_id: _echoed, ...changes } = parseSingle(call, aCatalogChange);
  const row = { ...findCatalog(call), ...changes, updated_by: call.userId, updated_at: call.now };
  return ok(catalogModel(call, call.account.tables.put('catalogs', row)));
}

const elementFields = (catalogId: number) => ({
  name: text(NAME_MAX, { blank: false }),
  custom_fields_values: customFields(`catalogs/${catalogId}`),
  request_id: aRequestId,
});

function elementCreate(catalogId: number) {
  return shape(elementFields(catalogId), ['name']);
}

function elementUpdate(catalogId: number) {
  const rule = shape({ ...elementFields(catalogId), id: anInt }, ['id']);
  const known: Rule<ReturnType<typeof rule>> = (value, place) => {
    const input = rule(value, place);
    return place.account.tables.get('elements', input.id)?.catalog_id === catalogId
      ? input
      : place.at('id').fail('NotSupportedChoice');
  };
  return known;
}

function listElements(call: Call): Answer {
  const catalog = findCatalog(call);
  const query = leaves(call.query['query'])[0]?.toLowerCase();
  const own: ElementRow[] = [];
  for (const element of call.account.tables.all('elements')) {
    if (element.catalog_id === catalog.id && (!query || element.name.toLowerCase().includes(query))) own.push(element);
  }
  const rows = applyFilters(call, own, { id: among<ElementRow>((element) => element.id) });
  return listAnswer(call, {
    key: 'elements',
    rows: ordered(call, rows, ['id', 'updated_at']),
    model: (element) => elementModel(call, element),
  });
}

function createElements(call: Call): Answer {
  const { account, userId, now } = call;
  const catalog = findCatalog(call);
  const elements = parseBatch(call, elementCreate(catalog.id)).map(({ input, requestId }) => {
    const row: ElementRow = {
      id: account.tables.nextId('elements'),
      catalog_id: catalog.id,
      name: input.name,
      is_deleted: false,
      custom_fields: applyFieldChanges({}, input.custom_fields_values),
      created_by: userId,
      updated_by: userId,
      created_at: now,
      updated_at: now,
    };
    return { ...elementModel(call, account.tables.put('elements', row)), request_id: requestId };
  });
  return ok({ _links: selfLink(call, call.path), _embedded: { elements } });
}

function changeElement(
  call: Call,
  input: { id: number; name?: string; custom_fields_values?: Parameters<typeof applyFieldChanges>[1] },
): object {
  const before = call.account.tables.get('elements', input.id);
  if (!before) throw problem(404, 'Element not found');
  const row: ElementRow = {
    ...before,
    ...given(input, ['name']),
    custom_fields: applyFieldChanges(before.custom_fields, input.custom_fields_values),
    updated_by: call.userId,
    updated_at: call.now,
  };
  return elementModel(call, call.account.tables.put('elements', row));
}

function updateElements(call: Call): Answer {
  const items = parseBatch(call, elementUpdate(findCatalog(call).id));
  const elements = items.map(({ input, requestId }) => ({ ...changeElement(call, input), request_id: requestId }));
  return ok({ _links: selfLink(call, call.path), _embedded: { elements } });
}

function updateElement(call: Call): Answer {
  return ok(
    changeElement(call, parseSingle(withPathId(call, idParam(call, 'elementId')), elementUpdate(findCatalog(call).id))),
  );
}

const CATALOGS = '/api/v4/catalogs';
const ELEMENTS = `${CATALOGS}/:id/elements`;

export const catalogRoutes: readonly Route[] = [
  route('GET', CATALOGS, listCatalogs),
  route('POST', CATALOGS, createCatalogs),
  route('GET', `${CATALOGS}/:id`, (call) => ok(catalogModel(call, findCatalog(call)))),
  route('PATCH', `${CATALOGS}/:id`, updateCatalog),
  route('GET', ELEMENTS, listElements),
  route('POST', ELEMENTS, createElements),
  route('PATCH', ELEMENTS, updateElements),
  route('GET', `${ELEMENTS}/:elementId`, (call) => {
    const element = call.account.tables.get('elements', idParam(call, 'elementId'));
    return element?.catalog_id === idParam(call) ? ok(elementModel(call, element)) : noContent;
  }),
  route('PATCH', `${ELEMENTS}/:elementId`, updateElement),
];
