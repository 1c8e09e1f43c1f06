import { selfLink, type Call } from '../http/call.js';
import { linkedIds, linksTo } from '../state/links.js';
import type { EntityType, LeadRow, LinkRow, LossReasonRow } from '../state/rows.js';
import { fieldsModel } from '../validate/custom-fields.js';
import { tagModels } from './tags.js';

/** A lead as amoCRM shows it; contacts, loss reason, source and elements only when asked for. */
export function leadModel(call: Call, lead: LeadRow, asked: ReadonlySet<string>): object {
  const { account } = call;
  return {
    id: lead.id,
    name: lead.name,
    price: Math.round(lead.price),
    responsible_user_id: lead.responsible_user_id,
    group_id: account.groupOf(lead.responsible_user_id),
    status_id: lead.status_id,
    pipeline_id: lead.pipeline_id,
    loss_reason_id: lead.loss_reason_id,
    source_id: lead.source_id ?? null,
    created_by: lead.created_by,
    updated_by: lead.updated_by,
    created_at: lead.created_at,
    updated_at: lead.updated_at,
    closed_at: lead.closed_at,
    closest_task_at: account.closestTaskAt('leads', lead.id),
    is_deleted: lead.is_deleted,
    custom_fields_values: fieldsModel(call, lead.custom_fields),
    score: null,
    account_id: account.id,
    labor_cost: null,
    ...(asked.has('is_price_modified_by_robot') ? { is_price_modified_by_robot: lead.is_price_modified_by_robot } : {}),
    price_with_minor_units: lead.price,
    _links: selfLink(call, `/api/v4/leads/${lead.id}`),
    _embedded: embedded(call, lead, asked),
  };
}

function embedded(call: Call, lead: LeadRow, asked: ReadonlySet<string>): object {
  const { account } = call;
  const { id } = lead;
  const reason = lead.loss_reason_id === null ? undefined : account.tables.get('lossReasons', lead.loss_reason_id);
  return {
    tags: tagModels(account, lead.tags),
    companies: linkedIds(account, 'leads', id, 'companies').map((other) => reference(call, 'companies', other)),
    ...(asked.has('contacts')
      ? { contacts: linksTo(account, 'leads', id, 'contacts').map((link) => contact(call, link)) }
      : {}),
    ...(asked.has('loss_reason') ? { loss_reason: reason ? [lossReasonModel(call, reason)] : [] } : {}),
    ...(asked.has('catalog_elements') ? { catalog_elements: elementRefs(call, 'leads', id) } : {}),
    ...(asked.has('source') ? { source: sourceOf(call, lead) } : {}),
  };
}

/** amoCRM: only the integration's own source is shown. */
function sourceOf({ account, clientId }: Call, lead: LeadRow): object | null {
  const source = lead.source_id === undefined ? undefined : account.tables.get('sources', lead.source_id);
  return source?.client_id === clientId ? { id: source.id, name: source.name } : null;
}

function contact(call: Call, link: LinkRow): object {
  return { id: link.to_id, is_main: link.is_main, _links: selfLink(call, `/api/v4/contacts/${link.to_id}`) };
}

/** `{id, _links}` of another entity. */
export function reference(call: Call, type: string, id: number): object {
  return { id, _links: selfLink(call, `/api/v4/${type}/${id}`) };
}

/** Linked catalog elements with their quantity. */
export function elementRefs(call: Call, type: EntityType, id: number): object[] {
  return linksTo(call.account, type, id, 'catalog_elements').map((link) => ({
    id: link.to_id,
    metadata: {
      quantity: link.quantity,
      catalog_id: link.catalog_id,
      ...(link.price_id === null ? {} : { price_id: link.price_id }),
    },
    _links: selfLink(call, `/api/v4/catalogs/${link.catalog_id}/elements/${link.to_id}`),
  }));
}

/** amoCRM: a trashed lead shows who deleted it and when, nothing else. */
export function trashedLeadModel(call: Call, lead: LeadRow): object {
  return {
    id: lead.id,
    updated_at: lead.updated_at,
    updated_by: lead.updated_by,
    is_deleted: true,
    _links: selfLink(call, `/api/v4/leads/${lead.id}`),
  };
}

export function lossReasonModel(call: Call, reason: LossReasonRow): object {
  return { ...reason, _links: selfLink(call, `/api/v4/leads/loss_reasons/${reason.id}`) };
}
