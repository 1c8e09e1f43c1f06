import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Delete a client: it is nowhere to be seen any more, and can be restored for the days that the workspace has set.
 *
 * @throws AppError `clients.client_unknown` | `shared.version_conflict`
 */
@Permission('clients:delete')
export class DeleteClientCommand extends Command<void> {
  constructor(
    readonly id: ClientId,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
