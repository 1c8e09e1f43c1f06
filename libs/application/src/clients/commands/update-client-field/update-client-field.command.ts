import { Command } from '@nestjs/cqrs';
import type { ClientFieldChange } from '#domain/clients/client-field.js';
import type { ClientFieldId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ClientFieldView } from '../../queries/list-client-fields/client-field.view.js';

/**
 * Change, move, archive or bring back a field; what is left out stays. Values of a list are archived, never taken away.
 *
 * @throws AppError `clients.field_unknown` | `shared.validation_failed` | `shared.version_conflict`
 */
@Permission('clients:configure')
export class UpdateClientFieldCommand extends Command<ClientFieldView> {
  constructor(
    readonly id: ClientFieldId,
    readonly change: ClientFieldChange,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
