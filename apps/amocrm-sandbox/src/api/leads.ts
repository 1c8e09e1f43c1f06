import { problem } from '../http/answers.js';
import type { Call } from '../http/call.js';
import { LOST, WON, isClosed, type AccountState } from '../state/account.js';
import type { SourceRow } from '../state/extra-rows.js';
import type { LeadRow } from '../state/rows.js';
import { aCompanyId, aContactId, aLossReasonId, aPipelineId } from '../validate/choices.js';
import { applyFieldChanges } from '../validate/custom-fields.js';
import {
  aBool,
  aNumber,
  aTime,
  anInt,
  listOf,
  nullable,
  refined,
  shape,
  text,
  type Place,
  type RuleOutput,
} from '../validate/rules.js';
import { attach } from './attach.js';
import { LEAD_FILTERS } from './entity-filters.js';
import { authorship, embeddedTags, entityFields, given, lastChange, updateFields } from './entity-input.js';
import type { EntityKind } from './entity-kind.js';
import { leadModel, trashedLeadModel } from './lead-model.js';
import { ownSource } from './sources.js';
import { nextTags } from './tags.js';

interface Stage {
  readonly pipeline_id: number;
  readonly status_id: number;
}

const MAX_PRICE = 1e15;

const leadFields = {
  ...entityFields('leads'),
  price: refined(aNumber, (price, place) => (Math.abs(price) <= MAX_PRICE ? price : place.fail('InvalidType'))),
  status_id: anInt,
  pipeline_id: aPipelineId,
  loss_reason_id: nullable(aLossReasonId),
  closed_at: nullable(aTime),
};

/** amoCRM: contacts and companies can be attached only on creation, later by links; at most one company. */
const embeddedOnCreate = shape({
  ...embeddedTags('leads'),
  contacts: listOf(shape({ id: aContactId, is_main: aBool }, ['id'])),
  companies: listOf(shape({ id: aCompanyId }, ['id']), { max: 1 }),
  source: shape({ external_id: text(36), type: text(32) }),
});

export const leadCreate = refined(
  shape({ ...leadFields, visitor_uid: nullable(text(64)), _embedded: nullable(embeddedOnCreate) }),
  (input, place) => {
    const stage = stageFor(place, input) ?? firstStage(place.account, input.pipeline_id);
    const lostAtOnce = stage.status_id === LOST && typeof input.loss_reason_id === 'number';
    if (lostAtOnce && place.settings.createLost === 'refused')
      return place.at('loss_reason_id').fail('NotSupportedChoice');
    return { ...input, stage };
  },
);

export const leadUpdate = refined(
  shape({ ...leadFields, ...updateFields('leads'), _embedded: nullable(shape(embeddedTags('leads'))) }, ['id']),
  (input, place) => ({ ...input, stage: stageFor(place, input, place.account.tables.get('leads', input.id)) }),
);

type LeadCreate = RuleOutput<typeof leadCreate>;
type LeadUpdate = RuleOutput<typeof leadUpdate>;

/**
 * The stage that the input asks for; undefined when it asks for none. amoCRM: 142 and 143 exist in
 * every pipeline, so alone they mean the lead's own one; “unsorted” cannot be set by a plain write. An
 * unsorted lead leaves its stage by being accepted.
 */
function stageFor(place: Place, input: Partial<Stage>, lead?: LeadRow): Stage | undefined {
  const { account } = place;
  const { status_id: statusId, pipeline_id: pipelineId } = input;
  const waits = lead !== undefined && account.openUnsorted(lead.id) !== undefined;
  if (waits && (statusId !== undefined || (pipelineId ?? lead.pipeline_id) !== lead.pipeline_id))
    return place.at(statusId === undefined ? 'pipeline_id' : 'status_id').fail('NotSupportedChoice');
  if (statusId === undefined) {
    return pipelineId === undefined || pipelineId === lead?.pipeline_id ? undefined : firstStage(account, pipelineId);
  }
  const pipeline = pipelineId ?? pipelineOf(account, statusId, lead);
  const status = account.status(pipeline, statusId);
  if (!status || status.type === 1) return place.at('status_id').fail('NotSupportedChoice');
  return { pipeline_id: pipeline, status_id: statusId };
}

function pipelineOf(account: AccountState, statusId: number, lead: LeadRow | undefined): number {
  if (!isClosed(statusId)) {
    for (const status of account.tables.all('statuses')) if (status.status_id === statusId) return status.pipeline_id;
  }
  return lead?.pipeline_id ?? account.mainPipelineId();
}

function firstStage(account: AccountState, pipelineId = account.mainPipelineId()): Stage {
  const status = account.firstStatus(pipelineId);
  return { pipeline_id: pipelineId, status_id: status?.status_id ?? WON };
}

/** amoCRM answers this mistake in a shape of its own, keyed by the lead's id (by the index for new leads). */
function refuseLossReason(key: number): never {
  throw problem(400, 'Invalid request body', { errors: { [key]: 'Loss reason can be specified only for lost lead' } });
}

/** Closing and loss reason of a lead that is now in `stage`. */
function closing(
  input: { closed_at?: number | null; loss_reason_id?: number | null },
  stage: Stage,
  before: LeadRow | undefined,
  { now, key }: { now: number; key: number },
): { closed_at: number | null; loss_reason_id: number | null } {
  if (input.loss_reason_id && stage.status_id !== LOST) refuseLossReason(key);
  const wasClosed = before && isClosed(before.status_id) ? before.closed_at : null;
  return {
    closed_at: isClosed(stage.status_id) ? (input.closed_at ?? wasClosed ?? now) : null,
    loss_reason_id:
      stage.status_id === LOST
        ? input.loss_reason_id === undefined
          ? (before?.loss_reason_id ?? null)
          : input.loss_reason_id
        : null,
  };
}

/** The own source that the input names, refused when there is none of that id. */
function sourceOf(call: Call, input: LeadCreate, index: number): SourceRow | undefined {
  const externalId = input._embedded?.source?.external_id;
  if (externalId === undefined) return undefined;
  const source = ownSource(call, externalId);
  if (source) return source;
  const fault = { path: '_embedded.source.external_id', code: 'NotSupportedChoice', detail: 'Source not found' };
  throw problem(400, 'Request validation failed', {
    'validation-errors': [{ request_id: input.request_id ?? String(index), errors: [fault] }],
  });
}

function insert(call: Call, input: LeadCreate, index: number): LeadRow {
  const { account, userId, now } = call;
  const source = sourceOf(call, input, index);
  // amoCRM: without a pipeline of its own the lead goes to that of its source
  const bySource = source && input.pipeline_id === undefined && input.status_id === undefined;
  const stage = bySource ? firstStage(account, source.pipeline_id) : input.stage;
  const lead = account.tables.put('leads', {
    id: account.tables.nextId('leads'),
    name: input.name ?? '',
    price: input.price ?? 0,
    responsible_user_id: input.responsible_user_id ?? userId,
    ...stage,
    ...closing(input, stage, undefined, { now, key: index }),
    ...(source ? { source_id: source.id } : {}),
    is_deleted: false,
    is_price_modified_by_robot: false,
    ...authorship(input, userId, now),
    custom_fields: applyFieldChanges({}, input.custom_fields_values),
    tags: nextTags(account, 'leads', [], { ...input, _embedded: input._embedded ?? null }),
  });
  const end = { type: 'leads', id: lead.id } as const;
  for (const contact of input._embedded?.contacts ?? []) {
    attach(call, end, { type: 'contacts', id: contact.id }, { isMain: contact.is_main ?? false });
  }
  for (const company of input._embedded?.companies ?? []) attach(call, end, { type: 'companies', id: company.id });
  return lead;
}

function change(call: Call, before: LeadRow, input: LeadUpdate): LeadRow {
  const { account, userId, now } = call;
  const stage = input.stage ?? { pipeline_id: before.pipeline_id, status_id: before.status_id };
  return account.tables.put('leads', {
    ...before,
    ...given(input, ['name', 'price', 'responsible_user_id', 'created_by', 'created_at']),
    ...stage,
    ...closing(input, stage, before, { now, key: before.id }),
    ...lastChange(input, userId, now),
    custom_fields: applyFieldChanges(before.custom_fields, input.custom_fields_values),
    tags: nextTags(account, 'leads', before.tags, { ...input, _embedded: input._embedded ?? null }),
  });
}

export const LEADS: EntityKind<'leads', LeadCreate, LeadUpdate> = {
  type: 'leads',
  create: leadCreate,
  update: leadUpdate,
  insert,
  change,
  model: leadModel,
  trashedModel: trashedLeadModel,
  order: ['created_at', 'updated_at', 'id'],
  filters: LEAD_FILTERS,
};
