import { defineErrors } from '../shared/app-error.js';

/** Errors of people and companies. */
export const clientsErrors = defineErrors({
  'clients.client_unknown': ['not_found', 'There is no such client'],
  'clients.restore_too_late': ['conflict', 'The client was deleted too long ago to be restored'],
  'clients.value_not_unique': ['conflict', 'Another client has this value in a unique field'],
  'clients.link_kinds_differ': ['invalid', 'A link joins a person and a company'],
  'clients.kind_has_links': [
    'conflict',
    'Take its links away before a person becomes a company, or a company a person',
  ],
  'clients.amocrm_link_kind': ['invalid', 'A person is a contact in amoCRM, a company is a company'],
  'clients.amocrm_link_taken': ['conflict', 'Another client is this contact or company of amoCRM'],
  'clients.field_unknown': ['not_found', 'There is no such field'],
  'clients.field_code_taken': ['conflict', 'There is a field with this code already'],
  'clients.too_many_fields': ['conflict', 'The workspace has as many fields as it may have'],
  'clients.view_unknown': ['not_found', 'There is no such view'],
  'clients.view_not_yours': ['forbidden', 'Only its owner may change a view'],
  'clients.too_many_views': ['conflict', 'There are as many views as there may be'],
  'clients.dictionary_unknown': ['not_found', 'No such dictionary'],
  'clients.dictionary_entry_unknown': ['not_found', 'No such dictionary entry'],
  'clients.dictionary_code_taken': ['conflict', 'The code is taken'],
  'clients.dictionary_is_system': ['conflict', 'The product needs this dictionary'],
  'clients.dictionary_entry_in_use': ['conflict', 'The entry is in use: archive it instead'],
  'clients.comment_unknown': ['not_found', 'No such comment'],
  'clients.interaction_unknown': ['not_found', 'No such interaction'],
  'clients.not_the_author': ['forbidden', 'Only its author may change it'],
  'clients.too_many_pinned': ['conflict', 'As many entries are pinned as there may be'],
  'clients.file_unknown': ['not_found', 'No such file'],
  'clients.file_attached': ['conflict', 'The file belongs to an entry: take it out of that'],
  'clients.file_type_refused': ['unsupported', 'Files of this type are not taken'],
  'clients.file_quota_exceeded': ['conflict', 'The workspace has no room for the file'],
});
