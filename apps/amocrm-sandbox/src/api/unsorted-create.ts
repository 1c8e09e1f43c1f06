import { createHash, randomBytes } from 'node:crypto';
import { ok, problem, type Answer } from '../http/answers.js';
import { selfLink, type Call } from '../http/call.js';
import type { AccountState } from '../state/account.js';
import type { UnsortedRow } from '../state/extra-rows.js';
import { parseBatch } from '../validate/batch.js';
import { isObject, type RuleOutput } from '../validate/rules.js';
import { LEADS } from './leads.js';
import { COMPANIES, CONTACTS } from './people.js';
import { UNSORTED_INPUT, type UnsortedCategory } from './unsorted-input.js';
import { unsortedReferences } from './unsorted-model.js';

const UID_BYTES = 30;

type Input = RuleOutput<(typeof UNSORTED_INPUT)[UnsortedCategory]>;

/** `POST /leads/unsorted/{forms|sip}`: a lead in the unsorted stage; its contact and company stay hidden until accepted. */
export function createUnsorted(call: Call, category: UnsortedCategory): Answer {
  const items = parseBatch(call, UNSORTED_INPUT[category]);
  const unsorted = items.map(({ input, requestId, index }) => {
    const row = insert(call, category, input, index);
    return {
      uid: row.id,
      account_id: call.account.id,
      request_id: requestId,
      _links: selfLink(call, `/api/v4/leads/unsorted/${row.id}`),
      _embedded: unsortedReferences(call, row),
    };
  });
  return ok({ _total_items: unsorted.length, _links: selfLink(call, call.path), _embedded: { unsorted } });
}

function insert(call: Call, category: UnsortedCategory, input: Input, index: number): UnsortedRow {
  const { account, now } = call;
  const digest = digestOf(category, Array.isArray(call.body) ? call.body[index] : undefined);
  refuseTwin(account, digest, index);
  const draft = input._embedded?.leads?.[0];
  const pipelineId = input.pipeline_id ?? draft?.stage.pipeline_id ?? account.mainPipelineId();
  const row = account.tables.put('unsorted', {
    id: randomBytes(UID_BYTES).toString('hex'),
    category,
    source_name: input.source_name,
    source_uid: input.source_uid,
    metadata: input.metadata,
    pipeline_id: pipelineId,
    lead_id: insertLead(call, draft, pipelineId, index),
    contact_ids: (input._embedded?.contacts ?? []).map((contact) => hideContact(call, contact)),
    company_ids: (input._embedded?.companies ?? []).map((company) => hideCompany(call, company)),
    state: 'open',
    digest,
    created_at: input.created_at ?? now,
    updated_at: now,
  });
  call.emit({ kind: 'unsorted', action: 'add', row });
  return row;
}

type LeadInput = NonNullable<NonNullable<Input['_embedded']>['leads']>[number];

function insertLead(call: Call, draft: LeadInput | undefined, pipelineId: number, index: number): number {
  const stage = call.account.statuses(pipelineId).find((status) => status.type === 1);
  if (!stage) throw new Error(`pipeline ${pipelineId} has no unsorted stage`);
  // amoCRM: a stage that was asked for is ignored
  const input = { ...draft, pipeline_id: pipelineId, stage: { pipeline_id: pipelineId, status_id: stage.status_id } };
  const lead = LEADS.insert(call, input, index);
  if (call.settings.unsortedLeadHook === 'on_create')
    call.emit({ kind: 'entity', entity: 'leads', action: 'add', before: undefined, after: lead });
  return lead.id;
}

function hideContact(call: Call, input: Parameters<typeof CONTACTS.insert>[1]): number {
  const row = CONTACTS.insert(call, input, 0);
  return call.account.tables.put('contacts', { ...row, is_unsorted: true }).id;
}

function hideCompany(call: Call, input: Parameters<typeof COMPANIES.insert>[1]): number {
  const row = COMPANIES.insert(call, input, 0);
  return call.account.tables.put('companies', { ...row, is_unsorted: true }).id;
}

/** The same data again, whatever its request id is. */
function digestOf(category: string, body: unknown): string {
  const { request_id: _echoed, ...rest } = isObject(body) ? body : {};
  return createHash('sha256')
    .update(JSON.stringify([category, rest]))
    .digest('hex');
}

/** amoCRM: identical unsorted data is refused the second time. */
function refuseTwin(account: AccountState, digest: string, index: number): void {
  for (const row of account.tables.all('unsorted')) {
    if (row.digest === digest)
      throw problem(400, 'Request validation failed', {
        errors: { [index]: 'Unsorted with the same data already exists' },
      });
  }
}
