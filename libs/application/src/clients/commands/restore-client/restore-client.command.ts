import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { SavedClientView } from '../../queries/get-client/client.view.js';

/**
 * Bring a deleted client back. One that is not deleted stays as it is.
 *
 * @throws AppError `clients.client_unknown` | `clients.restore_too_late` | `clients.value_not_unique` when another client
 *   has got the value of a unique field meanwhile
 */
@Permission('clients:delete')
export class RestoreClientCommand extends Command<SavedClientView> {
  constructor(readonly id: ClientId) {
    super();
  }
}
