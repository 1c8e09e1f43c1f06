import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { SavedClientView } from '../../queries/get-client/client.view.js';
import type { TypedCard } from '../../services/card-maker.js';

/**
 * Change a client; what is left out stays, lists are replaced whole, custom fields one by one.
 *
 * @throws AppError `clients.client_unknown` | `shared.validation_failed` | `shared.version_conflict` |
 *   `clients.value_not_unique` | `clients.kind_has_links`
 */
@Permission('clients:write')
export class UpdateClientCommand extends Command<SavedClientView> {
  constructor(
    readonly id: ClientId,
    readonly change: TypedCard,
    /** The version that the caller saw; undefined = whatever it is. */
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
