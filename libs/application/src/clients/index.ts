// What other contexts and the edges may use of the clients context.
export { AddCommentCommand } from './commands/add-comment/add-comment.command.js';
export {
  DeleteCommentCommand,
  EditCommentCommand,
  PinCommentCommand,
} from './commands/change-comment/change-comment.command.js';
export {
  AddInteractionCommand,
  ChangeInteractionCommand,
  DeleteInteractionCommand,
  type InteractionInput,
} from './commands/keep-interaction/keep-interaction.command.js';
export {
  RecordSystemEntryCommand,
  type SystemEntry,
} from './commands/record-system-entry/record-system-entry.command.js';
export { GetCommentHistoryQuery, GetCommentQuery } from './queries/get-comment/get-comment.query.js';
export type { CommentHistoryView, CommentView } from './queries/get-comment/comment.view.js';
export { GetInteractionQuery } from './queries/get-interaction/get-interaction.query.js';
export { GetTimelineQuery } from './queries/get-timeline/get-timeline.query.js';
export type { EntryRowView, TimelineView } from './queries/get-timeline/timeline.view.js';
export type { HistoryFactView } from './queries/list-history-facts/history-fact.view.js';
export { ListHistoryFactsQuery } from './queries/list-history-facts/list-history-facts.query.js';
export { ListCommentsQuery } from './queries/list-comments/list-comments.query.js';
export { MAX_PINNED } from './ports/client-entries.js';
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
export {
  type Direction,
  DIRECTIONS,
  ENTRY_KINDS,
  type EntryKind,
  INTERACTION_KINDS,
  type InteractionKind,
  MAX_DURATION_SECONDS,
  MAX_PARTICIPANTS,
  MAX_TEXT,
} from '#domain/clients/history/client-entry.js';
export { MAX_MENTIONS } from '#domain/clients/history/mentions.js';
export type { ClientEntryId, DictionaryEntryId } from '#domain/shared/ids.js';
export type { ClientId } from '#domain/shared/ids.js';
export { clientsErrors } from '#domain/clients/clients.errors.js';
