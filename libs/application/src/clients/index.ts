// What other contexts and the edges may use of the clients context.
export {
  CreateDictionaryCommand,
  DeleteDictionaryCommand,
  RenameDictionaryCommand,
} from './commands/keep-dictionary/keep-dictionary.command.js';
export {
  AddDictionaryEntryCommand,
  ChangeDictionaryEntryCommand,
  DeleteDictionaryEntryCommand,
  type NewEntryInput,
} from './commands/keep-dictionary-entry/keep-dictionary-entry.command.js';
export type { DictionaryEntryView, DictionaryView, TitlesView } from './queries/get-dictionary/dictionary.view.js';
export { GetDictionaryQuery } from './queries/get-dictionary/get-dictionary.query.js';
export type { DictionaryLineView, DictionaryListView } from './queries/list-dictionaries/dictionary-list.view.js';
export { ListDictionariesQuery } from './queries/list-dictionaries/list-dictionaries.query.js';
// The context's vocabulary, for edges, which do not know the domain.
export {
  CODE as DICTIONARY_CODE,
  MAX_DEPTH,
  MAX_ENTRIES,
  MAX_TITLE,
} from '#domain/clients/dictionaries/dictionary-entry.js';
export type { DictionaryEntryId } from '#domain/shared/ids.js';
export type { ClientId } from '#domain/shared/ids.js';
export { clientsErrors } from '#domain/clients/clients.errors.js';
