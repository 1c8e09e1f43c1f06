import type { CopyRemark } from './copy-plan.js';

/** Every remark of copying and transferring with the names of its parameters; both catalogues are checked against this table. */
export const REMARK_PARAMS = {
  // Why a part is cleared or left out.
  'deals.remark.by_options': [],
  'deals.remark.starts_anew': [],
  'deals.remark.field_gone': ['field'],
  'deals.remark.field_computed': ['field'],
  'deals.remark.choice_gone': ['field', 'choice'],
  'deals.remark.field_value_unreadable': ['field'],
  'deals.remark.field_value_invalid': ['field'],
  'deals.remark.field_value_empty': ['field'],
  'deals.remark.product_archived': ['product'],
  'deals.remark.product_gone': ['product'],
  'deals.remark.product_without_quantity': ['product'],
  'deals.remark.note_type_not_copyable': ['type'],
  'deals.remark.note_type_not_chosen': ['type'],
  'deals.remark.note_empty': [],
  'deals.remark.note_is_link': [],
  'deals.remark.attachment_not_stored': [],
  'deals.remark.over_limit': ['limit'],
  // What a person should look at.
  'deals.remark.stage_of_other_pipeline': ['stage', 'pipeline', 'used'],
  'deals.remark.stage_gone': ['stage', 'used'],
  'deals.remark.stage_unsorted': ['stage', 'used'],
  'deals.remark.stage_closed': ['stage'],
  'deals.remark.responsible_inactive': ['user'],
  'deals.remark.requester_unknown': [],
  'deals.remark.round_robin_empty': [],
  'deals.remark.price_invalid': [],
  'deals.remark.task_responsible_replaced': ['count'],
  'deals.remark.task_type_replaced': ['type'],
  'deals.remark.note_authors_replaced': ['count'],
  'deals.remark.note_cut': ['limit'],
  // What was taken off a copy after amoCRM had refused it.
  'deals.remark.refused_field': ['field'],
  'deals.remark.refused_field_value': ['field'],
  'deals.remark.refused_responsible': ['user'],
  'deals.remark.refused_contact': ['contact'],
  'deals.remark.refused_company': ['company'],
  'deals.remark.refused_tag': ['tag'],
  'deals.remark.price_rounded': ['before', 'after'],
  // Of transfers.
  'deals.remark.nothing_to_change': [],
  'deals.remark.responsible_kept': ['user'],
  'deals.remark.deal_changed': ['deal'],
  'deals.remark.task_changed': ['task'],
  'deals.remark.contact_changed': ['contact'],
  'deals.remark.company_changed': ['company'],
  'deals.remark.task_not_handed': ['task', 'reason'],
  'deals.remark.contact_not_handed': ['contact', 'reason'],
  'deals.remark.company_not_handed': ['company', 'reason'],
  'deals.remark.contact_taken': ['contact'],
  'deals.remark.company_taken': ['company'],
  'deals.remark.stage_not_restored': ['stage'],
  'deals.remark.responsible_not_restored': ['user'],
} as const satisfies Readonly<Record<`deals.remark.${string}`, readonly string[]>>;

export type RemarkCode = keyof typeof REMARK_PARAMS;
type Params<C extends RemarkCode> = Readonly<Record<(typeof REMARK_PARAMS)[C][number], string | number>>;

/** Make a remark; codes without parameters take none. */
export const remark = <C extends RemarkCode>(
  code: C,
  ...[params]: (typeof REMARK_PARAMS)[C]['length'] extends 0 ? [] : [params: Params<C>]
): CopyRemark => ({ code, params: params ?? {} });
