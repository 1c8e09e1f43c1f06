import { randomBytes } from 'node:crypto';
import type { AmoEvent } from '../hooks/events.js';
import type { AccountState } from '../state/account.js';
import { SINGULAR } from '../state/entity-names.js';
import type { End } from '../state/links.js';
import type { TaskRow } from '../state/rows.js';
import { entityChanges, tagChanges, type EventDraft } from './entity-changes.js';

interface Subject {
  readonly entityType: string;
  readonly entityId: number;
  readonly userId: number;
}

/** Write down what happened in one request, in the same unit of work as the change itself. */
export function recordHistory(account: AccountState, events: readonly AmoEvent[], now: number): void {
  const isBirth = (event: AmoEvent): boolean => event.kind === 'entity' && event.action === 'add';
  // what was linked while it was made is told after its making
  for (const event of [...events.filter(isBirth), ...events.filter((one) => !isBirth(one))]) {
    for (const [subject, drafts] of described(account, event))
      for (const draft of drafts) put(account, subject, draft, now);
  }
}

function put(account: AccountState, subject: Subject, draft: EventDraft, now: number): void {
  account.tables.put('events', {
    id: eventId(),
    type: draft.type,
    entity_id: subject.entityId,
    entity_type: subject.entityType,
    created_by: subject.userId,
    created_at: now,
    value_before: draft.before ?? [],
    value_after: draft.after ?? [],
  });
}

type Described = readonly (readonly [Subject, readonly EventDraft[]])[];

function described(account: AccountState, event: AmoEvent): Described {
  switch (event.kind) {
    case 'entity':
      return [entityDrafts(account, event)];
    case 'task': {
      const { after } = event;
      return [[{ entityType: 'task', entityId: after.id, userId: after.updated_by }, taskDrafts(event)]];
    }
    case 'note': {
      const { note } = event;
      const subject = { entityType: SINGULAR[note.entity_type], entityId: note.entity_id, userId: note.created_by };
      return [
        [subject, [{ type: NOTE_EVENTS[note.note_type] ?? 'common_note_added', after: [{ note: { id: note.id } }] }]],
      ];
    }
    case 'link':
      return [linkDraft(event, event.from, event.to), linkDraft(event, event.to, event.from)].flat();
    case 'unsorted':
      // amoCRM: the history knows the lead and its contact, not the item that brought them
      return [];
  }
}

function entityDrafts(account: AccountState, event: Extract<AmoEvent, { kind: 'entity' }>): Described[number] {
  const { entity, action, before, after } = event;
  const name = SINGULAR[entity];
  const subject = { entityType: name, entityId: after.id, userId: after.updated_by };
  switch (action) {
    case 'add':
      return [subject, [{ type: `${name}_added` }, ...tagChanges(account, [], after.tags)]];
    case 'delete':
      return [subject, [{ type: `${name}_deleted` }]];
    case 'restore':
      return [subject, [{ type: `${name}_restored` }]];
    case 'update':
      return [subject, before ? entityChanges(account, entity, before, after) : []];
    case 'status':
    case 'responsible':
      // said by the update that they come with
      return [subject, []];
  }
}

const NOTE_EVENTS: Readonly<Record<string, string>> = {
  common: 'common_note_added',
  attachment: 'attachment_note_added',
  service_message: 'service_note_added',
  extended_service_message: 'service_note_added',
  call_in: 'incoming_call',
  call_out: 'outgoing_call',
  sms_in: 'incoming_sms',
  sms_out: 'outgoing_sms',
  geolocation: 'geo_note_added',
  message_cashier: 'message_to_cashier_note_added',
};

function taskDrafts({ action, before, after }: Extract<AmoEvent, { kind: 'task' }>): EventDraft[] {
  if (action === 'add') return [{ type: 'task_added', after: [{ task: { text: after.text } }] }];
  if (action === 'delete') return [{ type: 'task_deleted' }];
  if (action === 'responsible' || !before) return [];
  const changed = (type: string, valueOf: (task: TaskRow) => EventDraft['after']): EventDraft[] => {
    const [old, next] = [valueOf(before) ?? [], valueOf(after) ?? []];
    return JSON.stringify(old) === JSON.stringify(next) ? [] : [{ type, before: old, after: next }];
  };
  return [
    ...(!before.is_completed && after.is_completed ? [{ type: 'task_completed' }] : []),
    ...(after.result && before.result?.text !== after.result.text
      ? [{ type: 'task_result_added', after: [{ task: { text: after.result.text } }] }]
      : []),
    ...changed('task_text_changed', (task) => [{ task: { text: task.text } }]),
    ...changed('task_type_changed', (task) => [{ task_type: { id: task.task_type_id } }]),
    ...changed('task_deadline_changed', (task) => [{ task_deadline: { timestamp: task.complete_till } }]),
    ...changed('entity_responsible_changed', (task) => [{ responsible_user: { id: task.responsible_user_id } }]),
  ];
}

/** Both cards of a link tell of it; catalog elements have no history. */
function linkDraft({ action, userId }: Extract<AmoEvent, { kind: 'link' }>, own: End, other: End): Described {
  if (own.type === 'catalog_elements') return [];
  const type = other.type === 'catalog_elements' ? 'catalog_element' : SINGULAR[other.type];
  const value = [{ link: { entity: { type, id: other.id } } }];
  const draft =
    action === 'linked' ? { type: 'entity_linked', after: value } : { type: 'entity_unlinked', before: value };
  return [[{ entityType: SINGULAR[own.type], entityId: own.id, userId }, [draft]]];
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

/** 26 characters: ten of time, sixteen random. */
function eventId(): string {
  let time = Date.now();
  let head = '';
  for (let i = 0; i < TIME_CHARS; i += 1) {
    head = (ALPHABET[time % ALPHABET.length] ?? '') + head;
    time = Math.floor(time / ALPHABET.length);
  }
  return head + Array.from(randomBytes(RANDOM_CHARS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
