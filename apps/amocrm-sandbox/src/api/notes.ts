import { missing, ok, problem, type Answer } from '../http/answers.js';
import { idParam, route, selfLink, withs, type Call, type Route } from '../http/call.js';
import { listAnswer, ordered } from '../http/paging.js';
import { entityExists } from '../state/links.js';
import { ENTITY_TYPES, type EntityType, type NoteRow } from '../state/rows.js';
import { parseBatch, parseSingle, withPathId } from '../validate/batch.js';
import { aResponsible } from '../validate/choices.js';
import { aCreatableType, CREATABLE_NOTES } from '../validate/note-types.js';
import {
  aBool,
  aRequestId,
  anInt,
  anObject,
  refined,
  shape,
  type Place,
  type Rule,
  type RuleOutput,
} from '../validate/rules.js';
import { authored, authorship, given, lastChange } from './entity-input.js';
import { among, applyFilters, filteredIds, range, type Filters } from './filters.js';

const fields = {
  ...authored,
  responsible_user_id: aResponsible,
  params: anObject,
  request_id: aRequestId,
  is_need_to_trigger_digital_pipeline: aBool,
};

function checkParams(type: string, params: unknown, place: Place): Readonly<Record<string, unknown>> {
  const rule = CREATABLE_NOTES[type];
  return rule ? rule(params, place.at('params')) : place.at('note_type').fail('NotSupportedChoice');
}

/** `fixedId` is the entity of the path; without it each note names its own. */
function noteCreate(type: EntityType, fixedId: number | null) {
  const rule = shape({ ...fields, note_type: aCreatableType, entity_id: anInt }, ['note_type', 'params']);
  return refined(rule, (input, place) => {
    const entityId = fixedId ?? input.entity_id;
    if (entityId === undefined) return place.at('entity_id').fail('FieldMissing');
    if (fixedId !== null && input.entity_id !== undefined && input.entity_id !== fixedId)
      return place.at('entity_id').fail('NotSupportedChoice');
    if (!entityExists(place.account, type, entityId)) return place.at('entity_id').fail('NotSupportedChoice');
    return { ...input, entity_id: entityId, params: checkParams(input.note_type, input.params, place) };
  });
}

const noteUpdate: Rule<NoteUpdate> = shape({ ...fields, id: anInt, note_type: aCreatableType, entity_id: anInt }, [
  'id',
]);
interface NoteUpdate {
  readonly id: number;
  readonly note_type?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly responsible_user_id?: number;
  readonly created_by?: number;
  readonly created_at?: number;
  readonly updated_by?: number;
  readonly updated_at?: number;
}

export function noteModel(call: Call, note: NoteRow, asked: ReadonlySet<string> = new Set()): object {
  return {
    id: note.id,
    entity_id: note.entity_id,
    created_by: note.created_by,
    updated_by: note.updated_by,
    created_at: note.created_at,
    updated_at: note.updated_at,
    responsible_user_id: note.responsible_user_id,
    group_id: call.account.groupOf(note.responsible_user_id),
    note_type: note.note_type,
    params: note.params,
    account_id: call.account.id,
    ...(asked.has('is_pinned') ? { is_pinned: false } : {}),
    _links: selfLink(call, `/api/v4/${note.entity_type}/${note.entity_id}/notes/${note.id}`),
  };
}

const FILTERS: Filters<NoteRow> = {
  id: among((note) => note.id),
  entity_id: among((note) => note.entity_id),
  note_type: among((note) => note.note_type),
  updated_at: range((note) => note.updated_at, 'after'),
};

function list(call: Call, type: EntityType): Answer {
  const asked = withs(call);
  const entityIds = call.params['id'] === undefined ? filteredIds(call, 'entity_id') : [idParam(call)];
  const candidates = entityIds
    ? entityIds.flatMap((id) => [...call.account.notesOf.of(`${type}:${id}`)])
    : call.account.notesOf.of(type);
  const rows = ordered(call, applyFilters(call, candidates, FILTERS), ['updated_at', 'id']);
  return listAnswer(call, { key: 'notes', rows, model: (note) => noteModel(call, note, asked) });
}

function getOne(call: Call, type: EntityType): Answer {
  const note = call.account.tables.get('notes', idParam(call, 'noteId'));
  return note?.entity_type === type ? ok(noteModel(call, note, withs(call))) : missing(call.settings, 'Note');
}

function create(call: Call, type: EntityType): Answer {
  const { account, userId, now } = call;
  const fixedId = call.params['id'] === undefined ? null : idParam(call);
  if (fixedId !== null && !entityExists(account, type, fixedId)) throw problem(404, 'Entity not found');
  const notes = parseBatch(call, noteCreate(type, fixedId)).map(({ input, requestId }) => {
    const note = account.tables.put('notes', {
      id: account.tables.nextId('notes'),
      entity_id: input.entity_id,
      entity_type: type,
      responsible_user_id: input.responsible_user_id ?? userId,
      note_type: input.note_type,
      params: input.params,
      ...authorship(input, userId, now),
    });
    call.emit({ kind: 'note', note });
    return {
      id: note.id,
      entity_id: note.entity_id,
      request_id: requestId,
      _links: selfLink(call, `/api/v4/${type}/${note.entity_id}/notes/${note.id}`),
    };
  });
  return ok({ _links: selfLink(call, call.path), _embedded: { notes } });
}

function change(call: Call, type: EntityType, input: RuleOutput<typeof noteUpdate>, place: Place): object {
  const before = call.account.tables.get('notes', input.id);
  if (!before || before.entity_type !== type) return place.at('id').fail('NotSupportedChoice');
  const params = input.params ? checkParams(input.note_type ?? before.note_type, input.params, place) : before.params;
  const after = call.account.tables.put('notes', {
    ...before,
    ...given(input, ['responsible_user_id', 'note_type', 'created_by', 'created_at']),
    params,
    ...lastChange(input, call.userId, call.now),
  });
  return {
    id: after.id,
    entity_id: after.entity_id,
    updated_at: after.updated_at,
    _links: selfLink(call, `/api/v4/${type}/${after.entity_id}/notes/${after.id}`),
  };
}

function updateMany(call: Call, type: EntityType): Answer {
  // the change is made while checking: a refused item undoes the whole request
  const rule: Rule<object> = refined(noteUpdate, (input, place) => change(call, type, input, place));
  const notes = parseBatch(call, rule).map(({ input }) => input);
  return ok({ _links: selfLink(call, call.path), _embedded: { notes } });
}

function updateOne(call: Call, type: EntityType): Answer {
  const id = idParam(call, 'noteId');
  const note = call.account.tables.get('notes', id);
  if (!note || note.entity_type !== type) throw problem(404, 'Note not found');
  return ok(
    parseSingle(
      withPathId(call, id),
      refined(noteUpdate, (input, place) => change(call, type, input, place)),
    ),
  );
}

export const noteRoutes: readonly Route[] = ENTITY_TYPES.flatMap((type) => {
  const base = `/api/v4/${type}`;
  return [
    route('GET', `${base}/notes`, (call) => list(call, type)),
    route('POST', `${base}/notes`, (call) => create(call, type)),
    route('PATCH', `${base}/notes`, (call) => updateMany(call, type)),
    route('GET', `${base}/notes/:noteId`, (call) => getOne(call, type)),
    route('GET', `${base}/:id/notes`, (call) => list(call, type)),
    route('POST', `${base}/:id/notes`, (call) => create(call, type)),
    route('GET', `${base}/:id/notes/:noteId`, (call) => getOne(call, type)),
    route('PATCH', `${base}/:id/notes/:noteId`, (call) => updateOne(call, type)),
  ];
});
