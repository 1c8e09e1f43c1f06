import { Module } from '@nestjs/common';
import { MemberNamesModule } from '#application/identity/index.js';
import { AddCommentHandler } from './commands/add-comment/add-comment.handler.js';
import {
  DeleteCommentHandler,
  EditCommentHandler,
  PinCommentHandler,
} from './commands/change-comment/change-comment.handler.js';
import {
  AddInteractionHandler,
  ChangeInteractionHandler,
  DeleteInteractionHandler,
} from './commands/keep-interaction/keep-interaction.handler.js';
import { RecordDealCopiesHandler } from './commands/record-deal-copies/record-deal-copies.handler.js';
import { RecordSystemEntryHandler } from './commands/record-system-entry/record-system-entry.handler.js';
import { DeleteFileHandler } from './commands/delete-file/delete-file.handler.js';
import { SweepFilesHandler, SweepStraysHandler } from './commands/sweep-files/sweep-files.handler.js';
import { UploadFileHandler } from './commands/upload-file/upload-file.handler.js';
import { EntryFiles } from './files/entry-files.js';
import { FileLedger } from './files/file-ledger.js';
import { GetFileHandler, OpenFileHandler } from './queries/get-file/get-file.handler.js';
import { AuthorNames } from './history/author-names.js';
import { EntryStore } from './history/entry-store.js';
import { InteractionInputs } from './history/interaction-inputs.js';
import { ShownInteractions } from './history/shown-interactions.js';
import { SystemEntries } from './history/system-entries.js';
import { GetCommentHandler, GetCommentHistoryHandler } from './queries/get-comment/get-comment.handler.js';
import { GetInteractionHandler } from './queries/get-interaction/get-interaction.handler.js';
import { GetTimelineHandler } from './queries/get-timeline/get-timeline.handler.js';
import { FindCommentsHandler } from './queries/find-comments/find-comments.handler.js';
import { ListHistoryFactsHandler } from './queries/list-history-facts/list-history-facts.handler.js';
import { KnownMembers } from './services/known-members.js';
import { ListCommentsHandler } from './queries/list-comments/list-comments.handler.js';
import './subscriptions.js';

/** What happened with clients: comments, interactions, and what the product did. */
@Module({
  imports: [MemberNamesModule],
  providers: [
    AddCommentHandler,
    EditCommentHandler,
    DeleteCommentHandler,
    PinCommentHandler,
    GetCommentHandler,
    GetCommentHistoryHandler,
    ListCommentsHandler,
    AddInteractionHandler,
    ChangeInteractionHandler,
    DeleteInteractionHandler,
    GetInteractionHandler,
    RecordSystemEntryHandler,
    RecordDealCopiesHandler,
    GetTimelineHandler,
    ListHistoryFactsHandler,
    FindCommentsHandler,
    UploadFileHandler,
    DeleteFileHandler,
    SweepFilesHandler,
    SweepStraysHandler,
    GetFileHandler,
    OpenFileHandler,
    EntryFiles,
    FileLedger,
    EntryStore,
    SystemEntries,
    AuthorNames,
    InteractionInputs,
    ShownInteractions,
    KnownMembers,
  ],
})
export class HistoryApplicationModule {}
