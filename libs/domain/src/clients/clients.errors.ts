import { defineErrors } from '../shared/app-error.js';

/** Errors of clients and what is kept about them. */
export const clientsErrors = defineErrors({
  'clients.dictionary_unknown': ['not_found', 'No such dictionary'],
  'clients.dictionary_entry_unknown': ['not_found', 'No such dictionary entry'],
  'clients.dictionary_code_taken': ['conflict', 'The code is taken'],
  'clients.dictionary_is_system': ['conflict', 'The product needs this dictionary'],
  'clients.dictionary_entry_in_use': ['conflict', 'The entry is in use: archive it instead'],
});
