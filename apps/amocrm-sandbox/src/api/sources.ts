import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { idParam, route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer } from '../http/paging.js';
import type { SourceRow } from '../state/extra-rows.js';
import { parseBatch, parseSingle, withPathId } from '../validate/batch.js';
import { aPipelineId } from '../validate/choices.js';
import { aBool, aRequestId, anInt, anObject, chosen, listOf, nullable, shape, text } from '../validate/rules.js';
import { given } from './entity-input.js';
import { adminOnly } from './rights.js';

const ACTIVE_MAX = 100;
const BATCH_MAX = 50;
const EXTERNAL_ID_MAX = 36;

const anExternalId = chosen(text(EXTERNAL_ID_MAX, { blank: false }), (id) => /^[\x21-\x7e]+$/.test(id));
const fields = {
  name: text(255, { blank: false }),
  pipeline_id: aPipelineId,
  external_id: anExternalId,
  default: aBool,
  origin_code: nullable(text(255)),
  services: nullable(listOf(anObject)),
  request_id: aRequestId,
};
const sourceCreate = shape(fields, ['name', 'external_id']);
const sourceUpdate = shape({ ...fields, id: anInt }, ['id']);

/** amoCRM: an integration sees and uses only the sources that it has made itself. */
export function ownSources({ account, clientId }: Pick<Call, 'account' | 'clientId'>): SourceRow[] {
  return [...account.tables.all('sources')].filter((row) => row.client_id === clientId);
}

export function ownSource(call: Pick<Call, 'account' | 'clientId'>, externalId: string): SourceRow | undefined {
  return ownSources(call).find((row) => row.external_id === externalId);
}

function sourceModel(call: Call, row: SourceRow): object {
  const { client_id: _own, ...shown } = row;
  return { ...shown, _links: selfLink(call, `/api/v4/sources/${row.id}`) };
}

function findOwn(call: Call, id: number): SourceRow {
  const row = call.account.tables.get('sources', id);
  if (row?.client_id !== call.clientId) throw problem(404, 'Source not found');
  return row;
}

function create(call: Call): Answer {
  if (Array.isArray(call.body) && call.body.length > BATCH_MAX) throw problem(422, `Limit ${BATCH_MAX} per page`);
  const items = parseBatch(call, sourceCreate);
  if (ownSources(call).length + items.length > ACTIVE_MAX) throw problem(400, `Not more than ${ACTIVE_MAX} sources`);
  const sources = items.map(({ input, requestId }) => {
    if (ownSource(call, input.external_id)) throw problem(400, `The source ${input.external_id} already exists`);
    const row = call.account.tables.put('sources', {
      id: call.account.tables.nextId('sources'),
      client_id: call.clientId,
      name: input.name,
      pipeline_id: input.pipeline_id ?? call.account.mainPipelineId(),
      external_id: input.external_id,
      default: input.default ?? false,
      origin_code: input.origin_code ?? null,
      services: input.services ?? [],
    });
    return { ...sourceModel(call, row), request_id: requestId };
  });
  return ok({ _total_items: sources.length, _links: selfLink(call, call.path), _embedded: { sources } });
}

function change(call: Call, input: { id: number } & Partial<SourceRow>): object {
  const keys = ['name', 'pipeline_id', 'external_id', 'default', 'origin_code', 'services'] as const;
  const row = { ...findOwn(call, input.id), ...given(input, keys) };
  return sourceModel(call, call.account.tables.put('sources', row));
}

function updateMany(call: Call): Answer {
  const sources = parseBatch(call, sourceUpdate).map(({ input, requestId }) => ({
    ...change(call, sourceChange(input)),
    request_id: requestId,
  }));
  return ok({ _total_items: sources.length, _links: selfLink(call, call.path), _embedded: { sources } });
}

type SourceInput = ReturnType<typeof sourceUpdate>;

/** `services: null` empties them. */
function sourceChange({ services, request_id: _echoed, ...rest }: SourceInput): { id: number } & Partial<SourceRow> {
  return services === undefined ? rest : { ...rest, services: services ?? [] };
}

function remove(call: Call, id: number): void {
  call.account.tables.remove('sources', findOwn(call, id).id);
}

/** amoCRM refuses unknown ids in a shape of its own: a list under `errors`, with an object inside. */
function removeMany(call: Call): Answer {
  const items = parseBatch(call, shape({ id: anInt, request_id: aRequestId }, ['id']));
  const errors = items
    .filter(({ input }) => call.account.tables.get('sources', input.id)?.client_id !== call.clientId)
    .map(({ requestId }) => ({
      request_id: requestId,
      errors: { code: 'EntityNotFound', path: 'id', detail: 'Source not found' },
    }));
  if (errors.length > 0) throw problem(400, 'Invalid request items', { errors });
  for (const { input } of items) remove(call, input.id);
  return noContent;
}

const SOURCES = '/api/v4/sources';

function list(call: Call): Answer {
  return listAnswer(call, { key: 'sources', rows: ownSources(call), model: (row) => sourceModel(call, row) });
}

export const sourceRoutes: readonly Route[] = [
  route('GET', SOURCES, adminOnly(list)),
  route('POST', SOURCES, adminOnly(create)),
  route('PATCH', SOURCES, adminOnly(updateMany)),
  route('DELETE', SOURCES, adminOnly(removeMany)),
  route(
    'GET',
    `${SOURCES}/:id`,
    adminOnly((call) => ok(sourceModel(call, findOwn(call, idParam(call))))),
  ),
  route(
    'PATCH',
    `${SOURCES}/:id`,
    adminOnly((call) => ok(change(call, sourceChange(parseSingle(withPathId(call, idParam(call)), sourceUpdate))))),
  ),
  route(
    'DELETE',
    `${SOURCES}/:id`,
    adminOnly((call) => {
      remove(call, idParam(call));
      return noContent;
    }),
  ),
];
