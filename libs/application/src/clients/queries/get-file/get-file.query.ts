import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ByteRange } from '#application/shared/ports/files.js';
import type { FileView, StoredFileView } from './file.view.js';

/** What is known of a file. @throws AppError `clients.file_unknown` */
@Permission('clients:read')
export class GetFileQuery extends Query<FileView> {
  constructor(readonly id: string) {
    super();
  }
}

export interface OpenedFile {
  readonly file: StoredFileView;
  /** False for what a browser must not open in a window of its own. */
  readonly isShownInline: boolean;
  /** Begin to read it, or a part of it. @throws AppError `shared.file_storage_failed` */
  read(range?: ByteRange): Promise<AsyncIterable<Uint8Array>>;
}

/** A file with its content. @throws AppError `clients.file_unknown` */
@Permission('clients:read', { ownTransactions: true })
export class OpenFileQuery extends Query<OpenedFile> {
  constructor(readonly id: string) {
    super();
  }
}
