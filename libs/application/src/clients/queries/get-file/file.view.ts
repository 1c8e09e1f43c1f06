import type { AttachmentView } from '../get-comment/comment.view.js';

export interface FileView extends AttachmentView {
  readonly createdAt: Date;
  /** The comment or interaction that it belongs to; null while it belongs to nothing. */
  readonly entryId: string | null;
  readonly clientId: string | null;
}

export interface StoredFileView extends FileView {
  /** Of the content, hexadecimal. */
  readonly sha256: string;
}
