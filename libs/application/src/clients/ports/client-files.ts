import type { Attachment, ClientFileFacts, Uploader } from '#domain/clients/files/client-file.js';
import type { ClientEntryId, ClientFileId } from '#domain/shared/ids.js';
import type { FileKey } from '#application/shared/ports/files.js';
import type { StoredFileView } from '../queries/get-file/file.view.js';

/** Files of clients' histories, in the workspace at hand. */
export interface ClientFiles {
  /** Note a file that is stored, if there is room for it. @returns false when there is none */
  add(file: ClientFileFacts, quotaBytes: number): Promise<boolean>;
  /** Bytes of all files of the workspace. */
  usedBytes(): Promise<number>;
  /**
   * Those of `ids` that `by` may attach to an entry, held until the transaction ends: files of its own that belong to
   * nothing yet, and files that the entry has already.
   */
  claim(ids: readonly string[], entryId: ClientEntryId | null, by: Uploader): Promise<readonly Attachment[]>;
  /** Give claimed files to an entry. */
  attach(ids: readonly ClientFileId[], entryId: ClientEntryId): Promise<void>;
  /** Let an entry's files go, but for those that it keeps. */
  release(entryId: ClientEntryId, kept: readonly ClientFileId[], at: Date): Promise<void>;
  /** Let a file go that belongs to nothing. @returns false when it belongs to something meanwhile */
  releaseOne(id: string, at: Date): Promise<boolean>;
}
export const CLIENT_FILES = Symbol('ClientFiles');

/** Files as their readers see them. */
export interface FileScreens {
  /** A file of an entry that is there, or one of the reader's own that belongs to nothing yet. */
  one(id: string, reader: Uploader): Promise<StoredFileView | null>;
}
export const FILE_SCREENS = Symbol('FileScreens');

/** The sweeper's side, across workspaces. */
export interface FileLeavings {
  /** Let go what was uploaded before `before` and belongs to nothing. */
  releaseUnattached(before: Date, at: Date): Promise<number>;
  /** Files that were let go, longest ago first. */
  released(limit: number): Promise<readonly FileKey[]>;
  /** Forget files that were let go and are removed; their room is free then. */
  forget(keys: readonly FileKey[]): Promise<void>;
  /** Those of `keys` that no row knows. */
  strangers(keys: readonly FileKey[]): Promise<readonly FileKey[]>;
}
export const FILE_LEAVINGS = Symbol('FileLeavings');
