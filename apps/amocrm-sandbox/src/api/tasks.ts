import { missing, ok, problem, type Answer } from '../http/answers.js';
import { inner, leaves } from '../http/brackets.js';
import { idParam, route, selfLink, type Call, type Route } from '../http/call.js';
import { listAnswer, ordered } from '../http/paging.js';
import { entityExists } from '../state/links.js';
import { ENTITY_TYPES, type EntityType, type TaskRow } from '../state/rows.js';
import { parseBatch, parseSingle, refuseMissing, withPathId } from '../validate/batch.js';
import { aResponsible, aTaskTypeId } from '../validate/choices.js';
import {
  aBool,
  aRequestId,
  aTime,
  anInt,
  nullable,
  oneOf,
  refined,
  shape,
  text,
  type Place,
  type RuleOutput,
} from '../validate/rules.js';
import { authored, authorship, given, lastChange } from './entity-input.js';
import { among, applyFilters, filteredIds, range, type Filters } from './filters.js';

const TEXT_MAX = 65_000;

/** Default type of a task. amoCRM: 1 = follow-up call. */
const FOLLOW_UP = 1;

const fields = {
  ...authored,
  responsible_user_id: aResponsible,
  entity_id: nullable(anInt),
  entity_type: nullable(oneOf<EntityType>(ENTITY_TYPES)),
  is_completed: aBool,
  task_type_id: aTaskTypeId,
  text: text(TEXT_MAX, { blank: false }),
  duration: anInt,
  complete_till: aTime,
  result: shape({ text: text(TEXT_MAX) }),
  request_id: aRequestId,
};

/** The entity of a task exists, and its type is named with it. */
function withEntity<I extends { entity_id?: number | null; entity_type?: EntityType | null }>(
  input: I,
  place: Place,
): I {
  const { entity_id: id, entity_type: type } = input;
  if (typeof id === 'number' && !type) return place.at('entity_type').fail('FieldMissing');
  if (typeof id === 'number' && type && !entityExists(place.account, type, id))
    return place.at('entity_id').fail('NotSupportedChoice');
  return input;
}

const taskCreate = refined(shape(fields, ['text', 'complete_till']), withEntity);
const taskUpdate = refined(shape({ ...fields, id: anInt }, ['id']), withEntity);
type TaskUpdate = RuleOutput<typeof taskUpdate>;

/** A task as amoCRM shows it: `result` is an empty array until there is one. */
export function taskModel(call: Call, task: TaskRow): object {
  return {
    id: task.id,
    created_by: task.created_by,
    updated_by: task.updated_by,
    created_at: task.created_at,
    updated_at: task.updated_at,
    responsible_user_id: task.responsible_user_id,
    group_id: call.account.groupOf(task.responsible_user_id),
    entity_id: task.entity_id,
    entity_type: task.entity_type,
    duration: task.duration,
    is_completed: task.is_completed,
    task_type_id: task.task_type_id,
    text: task.text,
    result: task.result ?? [],
    complete_till: task.complete_till,
    account_id: call.account.id,
    _links: selfLink(call, `/api/v4/tasks/${task.id}`),
  };
}

const FILTERS: Filters<TaskRow> = {
  id: among((task) => task.id),
  responsible_user_id: among((task) => task.responsible_user_id),
  is_completed: (value) => {
    const wanted = leaves(value).map((one) => one === '1' || one === 'true');
    return (task) => wanted.includes(task.is_completed);
  },
  task_type: among((task) => task.task_type_id),
  entity_type: among((task) => task.entity_type),
  entity_id: among((task) => task.entity_id),
  updated_at: range((task) => task.updated_at, 'after'),
};

/** The fewest rows that can hold the answer: by id, by entity, or all. */
function candidates(call: Call): Iterable<TaskRow> {
  const ids = filteredIds(call);
  if (ids) return ids.flatMap((id) => call.account.tables.get('tasks', id) ?? []);
  const entityIds = filteredIds(call, 'entity_id');
  const type = leaves(inner(call.query['filter'], 'entity_type'))[0];
  if (entityIds && !type) throw problem(400, 'filter[entity_type] is mandatory together with filter[entity_id]');
  if (entityIds) return entityIds.flatMap((id) => [...call.account.tasksOf.of(`${type}:${id}`)]);
  return call.account.tables.all('tasks');
}

function list(call: Call): Answer {
  const rows = applyFilters(call, candidates(call), FILTERS);
  const sorted = ordered(call, rows, ['created_at', 'complete_till', 'id']);
  return listAnswer(call, { key: 'tasks', rows: sorted, model: (task) => taskModel(call, task) });
}

function create(call: Call): Answer {
  const { account, userId, now } = call;
  const tasks = parseBatch(call, taskCreate).map(({ input, requestId }) => {
    const task = account.tables.put('tasks', {
      id: account.tables.nextId('tasks'),
      responsible_user_id: input.responsible_user_id ?? userId,
      entity_id: input.entity_id ?? null,
      entity_type: typeof input.entity_id === 'number' ? (input.entity_type ?? null) : null,
      is_completed: input.is_completed ?? false,
      task_type_id: input.task_type_id ?? FOLLOW_UP,
      text: input.text,
      duration: input.duration ?? 0,
      complete_till: input.complete_till,
      result: resultOf(input.result),
      ...authorship(input, userId, now),
    });
    call.emit({ kind: 'task', action: 'add', before: undefined, after: task });
    return { id: task.id, request_id: requestId, _links: selfLink(call, `/api/v4/tasks/${task.id}`) };
  });
  return ok({ _links: selfLink(call, call.path), _embedded: { tasks } });
}

function resultOf(result: { text?: string } | undefined): { text: string } | null {
  return result?.text ? { text: result.text } : null;
}

function change(call: Call, input: TaskUpdate): object {
  const before = call.account.tables.get('tasks', input.id);
  if (!before) throw problem(404, 'Task not found');
  const after = call.account.tables.put('tasks', {
    ...before,
    ...given(input, [
      'responsible_user_id',
      'entity_id',
      'entity_type',
      'is_completed',
      'task_type_id',
      'text',
      'duration',
      'complete_till',
      'created_by',
      'created_at',
    ]),
    ...(input.result ? { result: resultOf(input.result) } : {}),
    ...lastChange(input, call.userId, call.now),
  });
  call.emit({ kind: 'task', action: 'update', before, after });
  if (before.responsible_user_id !== after.responsible_user_id)
    call.emit({ kind: 'task', action: 'responsible', before, after });
  return { id: after.id, updated_at: after.updated_at, _links: selfLink(call, `/api/v4/tasks/${after.id}`) };
}

function updateMany(call: Call): Answer {
  const items = parseBatch(call, taskUpdate);
  refuseMissing(items, (id) => call.account.tables.get('tasks', id) !== undefined);
  return ok({
    _links: selfLink(call, call.path),
    _embedded: { tasks: items.map(({ input }) => change(call, input)) },
  });
}

function updateOne(call: Call): Answer {
  const id = idParam(call);
  if (!call.account.tables.get('tasks', id)) throw problem(404, 'Task not found');
  return ok(change(call, parseSingle(withPathId(call, id), taskUpdate)));
}

export const taskRoutes: readonly Route[] = [
  route('GET', '/api/v4/tasks', list),
  route('POST', '/api/v4/tasks', create),
  route('PATCH', '/api/v4/tasks', updateMany),
  route('GET', '/api/v4/tasks/:id', (call) => {
    const task = call.account.tables.get('tasks', idParam(call));
    return task ? ok(taskModel(call, task)) : missing(call.settings, 'Task');
  }),
  route('PATCH', '/api/v4/tasks/:id', updateOne),
];
