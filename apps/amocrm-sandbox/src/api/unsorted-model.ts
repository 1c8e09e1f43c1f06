import { selfLink, type Call } from '../http/call.js';
import type { UnsortedRow } from '../state/extra-rows.js';
import { reference } from './lead-model.js';

export function unsortedModel(call: Call, row: UnsortedRow): object {
  return {
    uid: row.id,
    source_uid: row.source_uid,
    source_name: row.source_name,
    category: row.category,
    pipeline_id: row.pipeline_id,
    created_at: row.created_at,
    metadata: row.metadata,
    account_id: call.account.id,
    _links: selfLink(call, `/api/v4/leads/unsorted/${row.id}`),
    _embedded: unsortedReferences(call, row),
  };
}

export function unsortedReferences(call: Call, row: UnsortedRow): object {
  return {
    leads: [reference(call, 'leads', row.lead_id)],
    contacts: row.contact_ids.map((id) => reference(call, 'contacts', id)),
    companies: row.company_ids.map((id) => reference(call, 'companies', id)),
  };
}
