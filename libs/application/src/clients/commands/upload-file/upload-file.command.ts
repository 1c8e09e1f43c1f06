import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { FileView } from '../../queries/get-file/file.view.js';

export interface Upload {
  /** What the sender calls it; cleaned before it is stored. */
  readonly name: string;
  /** What the sender says it is. */
  readonly declaredType: string | null;
  /** How long the sender says it is; null when it does not say. */
  readonly declaredBytes: number | null;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Store a file that a comment or an interaction is going to have. One that belongs to nothing after a day is removed.
 * The network is read and the content stored before the transaction begins.
 *
 * @throws AppError `shared.too_large` | `clients.file_type_refused` | `clients.file_quota_exceeded` |
 *   `shared.file_storage_failed` | `shared.validation_failed` for an empty one
 */
@Permission('clients:write', { ownTransactions: true })
export class UploadFileCommand extends Command<FileView> {
  constructor(readonly upload: Upload) {
    super();
  }
}
