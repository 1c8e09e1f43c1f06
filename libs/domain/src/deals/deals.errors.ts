import { defineErrors } from '../shared/app-error.js';

/** Errors of copying deals. */
export const dealsErrors = defineErrors({
  'deals.template_invalid': ['invalid', 'The template is not valid'],
  'deals.options_invalid': ['invalid', 'The copy options do not fit the account'],
  'deals.pipeline_gone': ['invalid', 'The pipeline of the copy is archived, deleted or has no stage that takes deals'],
  'deals.no_sources': ['invalid', 'No deal was chosen to be copied'],
  'deals.too_many_sources': ['invalid', 'Too many deals for one operation'],
  'deals.copy_not_found': ['not_found', 'No such copy operation'],
  'deals.copy_item_not_found': ['not_found', 'No such item in the copy operation'],
  'deals.copy_source_not_found': ['not_found', 'The deal to copy does not exist or is deleted'],
  'deals.copy_source_is_copy': ['conflict', 'The deal to copy is itself a copy'],
  'deals.copy_finished': ['conflict', 'The copy operation has finished'],
  'deals.nothing_to_retry': ['conflict', 'The copy operation has no failed items'],
  'deals.chunk_lost': ['conflict', 'The chunk was taken over by another worker'],
  'deals.copy_item_refused': ['invalid', 'amoCRM refused the copy'],
});
