import type { WorkspaceId } from '#domain/shared/ids.js';

/** Where a file is kept. Both parts are ids of ours: nothing that a caller says becomes part of a path. */
export interface FileKey {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
}

/** Both ends belong to it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** A content that was read to its end and is not kept yet. One of `keep` and `discard` must be called; `discard` always may. */
export interface ReceivedFile {
  readonly sizeBytes: number;
  /** Of the content, hexadecimal. */
  readonly sha256: string;
  /** Media type that its bytes show; null when they show none. */
  readonly detectedType: string | null;
  /** True when it begins like text. */
  readonly isText: boolean;
  /** Store it whole under a key, or not at all. It is safe on disk when this resolves. @throws AppError `shared.file_storage_failed` */
  keep(key: FileKey): Promise<void>;
  /** Forget what is not kept; does nothing after `keep`. */
  discard(): Promise<void>;
}

export interface StoredFile {
  readonly key: FileKey;
  readonly storedAt: Date;
}

/** Contents of files, in whatever keeps them. */
export interface Files {
  /**
   * Read a content to its end, in constant memory. A failure of `content` is passed on; nothing is left then.
   *
   * @throws AppError `shared.too_large` as soon as there are more than `maxBytes` | `shared.file_storage_failed`
   */
  receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile>;
  /** What is stored under a key, or a part of it. @throws AppError `shared.file_storage_failed`, also when there is nothing */
  open(key: FileKey, range?: ByteRange): Promise<AsyncIterable<Uint8Array>>;
  /** Take away what is stored under a key; what is not there is no error. @throws AppError `shared.file_storage_failed` */
  remove(key: FileKey): Promise<void>;
  /** Everything that is stored, in any order. */
  list(): AsyncIterable<StoredFile>;
  /** Remove what uploads left behind whose process died before `before`. */
  tidy(before: Date): Promise<void>;
}
export const FILES = Symbol('Files');
