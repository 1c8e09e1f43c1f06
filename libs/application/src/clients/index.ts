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
export type { CommentPlaceView } from './queries/find-comments/comment-place.view.js';
export { FindCommentsQuery } from './queries/find-comments/find-comments.query.js';
export { GetCommentHistoryQuery, GetCommentQuery } from './queries/get-comment/get-comment.query.js';
export type { CommentHistoryView, CommentRowView, CommentView } from './queries/get-comment/comment.view.js';
export { GetInteractionQuery } from './queries/get-interaction/get-interaction.query.js';
export { GetTimelineQuery } from './queries/get-timeline/get-timeline.query.js';
export type { EntryRowView, TimelineView } from './queries/get-timeline/timeline.view.js';
export type { HistoryFactView } from './queries/list-history-facts/history-fact.view.js';
export { ListHistoryFactsQuery } from './queries/list-history-facts/list-history-facts.query.js';
export { ListCommentsQuery } from './queries/list-comments/list-comments.query.js';
export { DeleteFileCommand } from './commands/delete-file/delete-file.command.js';
export { SweepFilesCommand, SweepStraysCommand, type SweptFiles } from './commands/sweep-files/sweep-files.command.js';
export { type Upload, UploadFileCommand } from './commands/upload-file/upload-file.command.js';
export type { FileView } from './queries/get-file/file.view.js';
export { GetFileQuery, type OpenedFile, OpenFileQuery } from './queries/get-file/get-file.query.js';
export { MAX_ATTACHMENTS } from '#domain/clients/files/client-file.js';
export { MAX_FILE_NAME } from '#domain/clients/files/file-name.js';
export { MAX_PINNED } from './ports/client-entries.js';
export { ChangeClientSettingsCommand } from './commands/change-client-settings/change-client-settings.command.js';
export { CreateClientCommand } from './commands/create-client/create-client.command.js';
export { CreateClientFieldCommand } from './commands/create-client-field/create-client-field.command.js';
export { DeleteClientCommand } from './commands/delete-client/delete-client.command.js';
export { LinkAmoCommand } from './commands/link-amo/link-amo.command.js';
export { LinkClientsCommand } from './commands/link-clients/link-clients.command.js';
export { MAX_PURGED, PurgeClientsCommand } from './commands/purge-clients/purge-clients.command.js';
export { purgeClientsJob } from './jobs/purge-clients.job.js';
export { CLIENT_BIN, type ClientBin } from './ports/client-bin.js';
export { RestoreClientCommand } from './commands/restore-client/restore-client.command.js';
export {
  CreateClientViewCommand,
  DeleteClientViewCommand,
  UpdateClientViewCommand,
  type ViewInput,
} from './commands/save-client-view/save-client-view.command.js';
export { UnlinkAmoCommand } from './commands/unlink-amo/unlink-amo.command.js';
export { UnlinkClientsCommand } from './commands/unlink-clients/unlink-clients.command.js';
export { UpdateClientCommand } from './commands/update-client/update-client.command.js';
export { UpdateClientFieldCommand } from './commands/update-client-field/update-client-field.command.js';
export { MAX_AMO_LINKS } from './ports/client-amo-links.js';
export { MAX_LINKS } from './ports/client-links.js';
export { CLIENT_SORTS, type ClientSort } from './ports/client-screens.js';
export { MAX_CLIENT_VIEWS } from './ports/client-views.js';
export {
  DUPLICATE_REASONS,
  type DuplicateReason,
  type DuplicateView,
} from './queries/find-duplicates/duplicate.view.js';
export { FindDuplicatesQuery, type TypedClient } from './queries/find-duplicates/find-duplicates.query.js';
export type { ClientView, SavedClientView } from './queries/get-client/client.view.js';
export { GetClientQuery } from './queries/get-client/get-client.query.js';
export type { ClientSettingsView } from './queries/get-client-settings/client-settings.view.js';
export { GetClientSettingsQuery } from './queries/get-client-settings/get-client-settings.query.js';
export type { ClientFieldView } from './queries/list-client-fields/client-field.view.js';
export { ListClientFieldsQuery } from './queries/list-client-fields/list-client-fields.query.js';
export type { SavedViewView } from './queries/list-client-views/saved-view.view.js';
export { ListClientViewsQuery } from './queries/list-client-views/list-client-views.query.js';
export type { ClientRowView } from './queries/list-clients/client-row.view.js';
export { type ClientListFilter, ListClientsQuery } from './queries/list-clients/list-clients.query.js';
export type { LinkView } from './queries/list-links/link.view.js';
export type { AmoLinkView } from './queries/list-amo-links/amo-link.view.js';
export { ListAmoLinksQuery } from './queries/list-amo-links/list-amo-links.query.js';
export { ListLinksQuery } from './queries/list-links/list-links.query.js';
// The context's vocabulary, for edges, which do not know the domain.
export type { AmoEntity, AmoParty } from '#domain/clients/amo-link.js';
export { CLIENT_KINDS, type ClientKind, MAX_NAME, MAX_TAGS } from '#domain/clients/client.js';
export {
  FIELD_SCOPES,
  FIELD_TYPES,
  type FieldScope,
  type FieldType,
  MAX_CHOICES,
  MAX_FIELDS,
} from '#domain/clients/client-field.js';
export {
  ADDRESS_KINDS,
  EMAIL_KINDS,
  MAX_POINTS,
  MESSENGER_KINDS,
  type MessengerKind,
  PHONE_KINDS,
} from '#domain/clients/contact-point.js';
export type { ClientFieldId, ClientId, ClientViewId } from '#domain/shared/ids.js';
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
export { clientsErrors } from '#domain/clients/clients.errors.js';
