import { ok, problem, type Answer } from '../http/answers.js';
import { selfLink, type Call } from '../http/call.js';
import { isClosed, type AccountState } from '../state/account.js';
import type { UnsortedRow } from '../state/extra-rows.js';
import type { LeadRow } from '../state/rows.js';
import { parseSingle } from '../validate/batch.js';
import { aResponsible } from '../validate/choices.js';
import { anInt, isObject, nullable, oneOf, refined, shape, type Place } from '../validate/rules.js';
import { attach } from './attach.js';
import { emitChanges } from './entity-kind.js';
import { unsortedReferences } from './unsorted-model.js';

/** An open item; one that was decided on is gone. */
export function openUnsorted(call: Call): UnsortedRow {
  const row = call.account.tables.get('unsorted', call.params['uid'] ?? '');
  if (row?.state !== 'open') throw problem(404, 'Unsorted not found');
  return row;
}

/** A body is optional for both decisions. */
function inputOf<T>(call: Call, rule: (value: unknown, place: Place) => T): T | undefined {
  const { body } = call;
  const empty = body === undefined || (isObject(body) && Object.keys(body).length === 0);
  return empty ? undefined : parseSingle(call, rule);
}

function decided(call: Call, row: UnsortedRow): Answer {
  return ok({
    uid: row.id,
    pipeline_id: row.pipeline_id,
    category: row.category,
    created_at: row.created_at,
    account_id: call.account.id,
    _links: selfLink(call, call.path),
    _embedded: unsortedReferences(call, row),
  });
}

const anAcceptance = (row: UnsortedRow) =>
  refined(shape({ user_id: aResponsible, status_id: anInt }), (input, place) => {
    if (input.status_id === undefined) return input;
    const stage = stageOf(place.account, row, input.status_id);
    return stage?.type === 0 ? input : place.at('status_id').fail('NotSupportedChoice');
  });

/** 142 and 143 mean the item's own pipeline; other stages may be of another one. */
function stageOf(account: AccountState, row: UnsortedRow, statusId: number) {
  const own = account.status(row.pipeline_id, statusId);
  if (own || isClosed(statusId)) return own;
  return [...account.tables.all('statuses')].find((status) => status.status_id === statusId);
}

/** `POST …/{uid}/accept`: the lead goes to a stage, its contact and company appear and are linked to it. */
export function acceptUnsorted(call: Call): Answer {
  const { account, now } = call;
  const row = openUnsorted(call);
  const input = inputOf(call, anAcceptance(row));
  const userId = input?.user_id ?? call.userId;
  const stage =
    input?.status_id === undefined ? account.firstStatus(row.pipeline_id) : stageOf(account, row, input.status_id);
  const before = leadOf(account, row);
  if (!stage) throw problem(400, 'The pipeline has no stage to accept to');
  const lead = account.tables.put('leads', {
    ...before,
    pipeline_id: stage.pipeline_id,
    status_id: stage.status_id,
    closed_at: isClosed(stage.status_id) ? now : null,
    responsible_user_id: userId,
    updated_by: userId,
    updated_at: now,
  });
  const after = close(call, row, 'accepted');
  call.emit({ kind: 'unsorted', action: 'accept', row: after });
  if (call.settings.unsortedLeadHook === 'on_create') emitChanges(call, 'leads', before, lead);
  else call.emit({ kind: 'entity', entity: 'leads', action: 'add', before: undefined, after: lead });
  reveal(call, after, userId);
  return decided(call, after);
}

function reveal(call: Call, row: UnsortedRow, userId: number): void {
  const { account } = call;
  const end = { type: 'leads', id: row.lead_id } as const;
  for (const type of ['contacts', 'companies'] as const) {
    for (const id of type === 'contacts' ? row.contact_ids : row.company_ids) {
      const hidden = account.tables.get(type, id);
      if (!hidden) continue;
      const shown = account.tables.put(type, { ...hidden, is_unsorted: false, responsible_user_id: userId });
      attach(call, end, { type, id });
      call.emit({ kind: 'entity', entity: type, action: 'add', before: undefined, after: shown });
    }
  }
  const [contactId] = row.contact_ids;
  const [companyId] = row.company_ids;
  if (contactId !== undefined && companyId !== undefined)
    attach(call, { type: 'contacts', id: contactId }, { type: 'companies', id: companyId });
}

/** `DELETE …/{uid}/decline`: the lead and what came with it are deleted. amoCRM answers 200 with a body. */
export function declineUnsorted(call: Call): Answer {
  const { account, now } = call;
  const row = openUnsorted(call);
  const userId = inputOf(call, shape({ user_id: aResponsible }))?.user_id ?? call.userId;
  const gone = { is_deleted: true, updated_at: now, updated_by: userId };
  account.tables.put('leads', { ...leadOf(account, row), ...gone });
  for (const id of row.contact_ids) {
    const contact = account.tables.get('contacts', id);
    if (contact) account.tables.put('contacts', { ...contact, ...gone });
  }
  for (const id of row.company_ids) {
    const company = account.tables.get('companies', id);
    if (company) account.tables.put('companies', { ...company, ...gone });
  }
  const after = close(call, row, 'declined');
  call.emit({ kind: 'unsorted', action: 'decline', row: after });
  return decided(call, after);
}

const aLink = shape(
  {
    user_id: aResponsible,
    link: shape(
      {
        entity_id: anInt,
        entity_type: oneOf(['leads', 'customers']),
        metadata: nullable(shape({ contact_id: anInt })),
      },
      ['entity_id', 'entity_type'],
    ),
  },
  ['link'],
);

/** `POST …/{uid}/link`: amoCRM joins chats only, and chats cannot be made by the API. */
export function linkUnsorted(call: Call): Answer {
  const row = openUnsorted(call);
  parseSingle(call, aLink);
  throw problem(400, `Unsorted of the category ${row.category} can not be linked`);
}

function leadOf(account: AccountState, row: UnsortedRow): LeadRow {
  const lead = account.tables.get('leads', row.lead_id);
  if (!lead || lead.is_deleted) throw problem(404, 'Unsorted not found');
  return lead;
}

function close(call: Call, row: UnsortedRow, state: 'accepted' | 'declined'): UnsortedRow {
  return call.account.tables.put('unsorted', { ...row, state, updated_at: call.now });
}
