import type { ClientFileId } from '../../shared/ids.js';

/** Files of one comment or interaction. */
export const MAX_ATTACHMENTS = 10;
/** How long a file waits for the comment that it belongs to. */
export const UNATTACHED_FOR_MS = 24 * 3_600_000;

/** A file as the entry that has it tells of it. */
export interface Attachment {
  readonly id: ClientFileId;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Media type by content. */
  readonly type: string;
}

/** Who put a file here; the same shape as an author of an entry. */
export interface Uploader {
  readonly kind: string;
  readonly id: string | null;
}

export interface ClientFileFacts extends Attachment {
  /** Of the content, hexadecimal. */
  readonly sha256: string;
  readonly uploader: Uploader;
  readonly createdAt: Date;
}
