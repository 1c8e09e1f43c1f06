import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { idParam, route, selfLink, type Call, type Route } from '../http/call.js';
import type { AccountState } from '../state/account.js';
import { addPipeline, addStatus, demoteMain } from '../state/pipelines.js';
import type { PipelineRow, StatusRow } from '../state/rows.js';
import { parseBatch, parseSingle } from '../validate/batch.js';
import { aBool, aRequestId, anInt, listOf, shape, text } from '../validate/rules.js';
import { adminOnly } from './rights.js';

const NAME_MAX = 255;

const aStatus = shape(
  { id: anInt, name: text(NAME_MAX, { blank: false }), sort: anInt, color: text(7), request_id: aRequestId },
  ['name'],
);
const aPipeline = shape(
  {
    name: text(NAME_MAX, { blank: false }),
    sort: anInt,
    is_main: aBool,
    is_unsorted_on: aBool,
    request_id: aRequestId,
    _embedded: shape({ statuses: listOf(aStatus, { max: 97 }) }),
  },
  ['name', 'sort', 'is_main', 'is_unsorted_on'],
);
const aPipelineChange = shape({
  name: text(NAME_MAX, { blank: false }),
  sort: anInt,
  is_main: aBool,
  is_unsorted_on: aBool,
});
const aStatusChange = shape({ name: text(NAME_MAX, { blank: false }), sort: anInt, color: text(7) });

function statusModel(call: Call, status: StatusRow): object {
  return {
    id: status.status_id,
    name: status.name,
    sort: status.sort,
    is_editable: status.is_editable,
    pipeline_id: status.pipeline_id,
    color: status.color,
    type: status.type,
    account_id: call.account.id,
    _links: selfLink(call, `/api/v4/leads/pipelines/${status.pipeline_id}/statuses/${status.status_id}`),
  };
}

export function pipelineModel(call: Call, pipeline: PipelineRow): object {
  return {
    id: pipeline.id,
    name: pipeline.name,
    sort: pipeline.sort,
    is_main: pipeline.is_main,
    is_unsorted_on: pipeline.is_unsorted_on,
    is_archive: pipeline.is_archive,
    account_id: call.account.id,
    _links: selfLink(call, `/api/v4/leads/pipelines/${pipeline.id}`),
    _embedded: { statuses: shownStatuses(call.account, pipeline).map((status) => statusModel(call, status)) },
  };
}

/** amoCRM: the unsorted stage is shown only when it is switched on. */
function shownStatuses(account: AccountState, pipeline: PipelineRow): StatusRow[] {
  return account.statuses(pipeline.id).filter((status) => status.type === 0 || pipeline.is_unsorted_on);
}

function findPipeline(call: Call): PipelineRow {
  const pipeline = call.account.tables.get('pipelines', idParam(call));
  if (!pipeline) throw problem(404, 'Pipeline not found');
  return pipeline;
}

function findStatus(call: Call): StatusRow {
  const status = call.account.status(findPipeline(call).id, idParam(call, 'statusId'));
  if (!status) throw problem(404, 'Status not found');
  return status;
}

function listPipelines(call: Call): Answer {
  const rows = [...call.account.tables.all('pipelines')].sort((a, b) => a.sort - b.sort);
  // amoCRM: pipelines come all at once, without pages
  const models = rows.map((pipeline) => pipelineModel(call, pipeline));
  return ok({ _total_items: rows.length, _links: selfLink(call, call.path), _embedded: { pipelines: models } });
}

function createPipelines(call: Call): Answer {
  const pipelines = parseBatch(call, aPipeline).map(({ input, requestId }) => {
    const { _embedded: embedded, name, sort, is_main: isMain, is_unsorted_on: isUnsortedOn } = input;
    if (isMain) demoteMain(call.account);
    const draft = { name, sort, is_main: isMain, is_unsorted_on: isUnsortedOn };
    return {
      ...pipelineModel(call, addPipeline(call.account, draft, embedded?.statuses ?? [{ name: 'Первичный контакт' }])),
      request_id: requestId,
    };
  });
  return ok({ _total_items: pipelines.length, _links: selfLink(call, call.path), _embedded: { pipelines } });
}

function updatePipeline(call: Call): Answer {
  const pipeline = findPipeline(call);
  const input = parseSingle(call, aPipelineChange);
  if (input.is_main) demoteMain(call.account);
  return ok(pipelineModel(call, call.account.tables.put('pipelines', { ...pipeline, ...input })));
}

function createStatuses(call: Call): Answer {
  const pipeline = findPipeline(call);
  const statuses = parseBatch(call, aStatus).map(({ input, requestId }) => ({
    ...statusModel(call, addStatus(call.account, pipeline.id, input)),
    request_id: requestId,
  }));
  return ok({ _total_items: statuses.length, _links: selfLink(call, call.path), _embedded: { statuses } });
}

function removeStatus(call: Call): Answer {
  const status = findStatus(call);
  if (!status.is_editable) throw problem(400, 'A system status cannot be deleted');
  call.account.tables.remove('statuses', status.id);
  const first = call.account.firstStatus(status.pipeline_id);
  for (const lead of [...call.account.tables.all('leads')]) {
    if (first && lead.pipeline_id === status.pipeline_id && lead.status_id === status.status_id) {
      call.account.tables.put('leads', { ...lead, status_id: first.status_id });
    }
  }
  return noContent;
}

function updateStatus(call: Call): Answer {
  const changed = call.account.tables.put('statuses', { ...findStatus(call), ...parseSingle(call, aStatusChange) });
  return ok(statusModel(call, changed));
}

/** amoCRM: neither the last pipeline nor one that holds leads can be deleted. */
function removePipeline(call: Call): Answer {
  const { account } = call;
  const pipeline = findPipeline(call);
  if (account.tables.count('pipelines') === 1) throw problem(400, 'The last pipeline can not be deleted');
  for (const lead of account.tables.all('leads')) {
    if (lead.pipeline_id === pipeline.id && !lead.is_deleted) throw problem(400, 'The pipeline holds leads');
  }
  for (const status of account.statuses(pipeline.id)) account.tables.remove('statuses', status.id);
  account.tables.remove('pipelines', pipeline.id);
  const [next] = account.tables.all('pipelines');
  if (pipeline.is_main && next) account.tables.put('pipelines', { ...next, is_main: true });
  return noContent;
}

const PIPELINES = '/api/v4/leads/pipelines';
const STATUSES = `${PIPELINES}/:id/statuses`;

export const pipelineRoutes: readonly Route[] = [
  route('GET', PIPELINES, listPipelines),
  route('POST', PIPELINES, adminOnly(createPipelines)),
  route('GET', `${PIPELINES}/:id`, (call) => ok(pipelineModel(call, findPipeline(call)))),
  route('PATCH', `${PIPELINES}/:id`, adminOnly(updatePipeline)),
  route('DELETE', `${PIPELINES}/:id`, adminOnly(removePipeline)),
  route('GET', STATUSES, (call) => {
    const statuses = shownStatuses(call.account, findPipeline(call)).map((status) => statusModel(call, status));
    return ok({ _total_items: statuses.length, _links: selfLink(call, call.path), _embedded: { statuses } });
  }),
  route('POST', STATUSES, adminOnly(createStatuses)),
  route('GET', `${STATUSES}/:statusId`, (call) => ok(statusModel(call, findStatus(call)))),
  route('PATCH', `${STATUSES}/:statusId`, adminOnly(updateStatus)),
  route('DELETE', `${STATUSES}/:statusId`, adminOnly(removeStatus)),
];
