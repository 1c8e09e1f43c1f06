import type { ClientEntry, EntryKind } from '#domain/clients/history/client-entry.js';
import type { ClientEntryId } from '#domain/shared/ids.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { CommentRowView, CommentVersionView, CommentView } from '../queries/get-comment/comment.view.js';
import type { CommentPlaceView } from '../queries/find-comments/comment-place.view.js';
import type { HistoryFactView } from '../queries/list-history-facts/history-fact.view.js';
import type { EntryRowView } from '../queries/get-timeline/timeline.view.js';

/** Entries that may be pinned to one client. */
export const MAX_PINNED = 20;

/** Entries of clients' histories, in the workspace at hand. */
export interface ClientEntries {
  /**
   * Store a new entry with its events, in one statement.
   *
   * @throws AppError `clients.client_unknown` when there is no such client, or it is deleted
   */
  add(entry: ClientEntry): Promise<void>;
  /** Store an entry that has a key, unless there is one with it already. @returns whether it was stored */
  addOnce(entry: ClientEntry): Promise<boolean>;
  /** An entry that is not deleted, of a client that is not, held until the transaction ends. */
  lock(id: ClientEntryId, kinds: readonly EntryKind[]): Promise<ClientEntry | null>;
  /** Store what changed in an entry, keep what it said before, and store its events. */
  save(entry: ClientEntry, before: ClientEntry['facts']): Promise<void>;
  /** How many entries of the client are pinned. */
  pinned(clientId: string): Promise<number>;
}
export const CLIENT_ENTRIES = Symbol('ClientEntries');

export interface TimelineFilter {
  /** All when left out. */
  readonly kinds?: readonly EntryKind[];
}

/** Entries as screens show them; authors by id only. */
export interface HistoryScreens {
  comment(id: string): Promise<CommentView | null>;
  /** Newest first; null when there is no such client. */
  comments(clientId: string, page: PageRequest): Promise<Page<CommentRowView> | null>;
  /** What a comment said, oldest first, without what it says now. */
  versions(id: string): Promise<readonly CommentVersionView[]>;
  interaction(id: string): Promise<EntryRowView | null>;
  /** Newest first, pinned ones left out; null when there is no such client. */
  timeline(clientId: string, filter: TimelineFilter, page: PageRequest): Promise<Page<EntryRowView> | null>;
  pinned(clientId: string, filter: TimelineFilter): Promise<readonly EntryRowView[]>;
  /** Those of the ids that are comments of clients that are there, in no order. */
  commentPlaces(ids: readonly string[]): Promise<readonly CommentPlaceView[]>;
  /** Clients or comments after an id, removed ones too, in the order of their ids. */
  facts(kind: 'client' | 'comment', after: string | null, limit: number): Promise<readonly HistoryFactView[]>;
}
export const HISTORY_SCREENS = Symbol('HistoryScreens');
