import { defineErrors } from '../shared/app-error.js';

/** Errors of copying and transferring deals. */
export const dealsErrors = defineErrors({
  'deals.template_invalid': ['invalid', 'The template is not valid'],
  'deals.options_invalid': ['invalid', 'The copy options do not fit the account'],
  'deals.pipeline_gone': ['invalid', 'The pipeline of the copy is archived, deleted or has no stage that takes deals'],
  'deals.copy_not_found': ['not_found', 'No such copy operation'],
  'deals.copy_source_not_found': ['not_found', 'The deal to copy does not exist or is deleted'],
  'deals.copy_finished': ['conflict', 'The copy operation has finished'],
  'deals.nothing_to_retry': ['conflict', 'The copy operation has no failed items'],
  'deals.chunk_lost': ['conflict', 'The chunk was taken over by another worker'],
  'deals.transfer_options_invalid': ['invalid', 'The transfer options do not fit the account'],
  'deals.transfer_not_found': ['not_found', 'No such transfer'],
  'deals.transfer_finished': ['conflict', 'The transfer has finished'],
  'deals.transfer_running': ['conflict', 'The transfer has not finished yet'],
  'deals.transfer_nothing_to_retry': ['conflict', 'The transfer has no failed items'],
  'deals.transfer_nothing_to_undo': ['conflict', 'The transfer changed nothing'],
});
