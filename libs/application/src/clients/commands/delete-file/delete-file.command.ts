import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Take away a file of one's own that belongs to no entry.
 *
 * @throws AppError `clients.file_unknown` | `clients.file_attached`
 */
@Permission('clients:write')
export class DeleteFileCommand extends Command<void> {
  constructor(readonly id: string) {
    super();
  }
}
