import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { SavedClientView } from '../../queries/get-client/client.view.js';
import type { TypedCard } from '../../services/card-maker.js';

/**
 * Add a person or a company. What is odd but possible (a wrong control digit, an e-mail that another client has) is saved
 * and told as a warning.
 *
 * @throws AppError `shared.validation_failed` | `clients.value_not_unique`
 */
@Permission('clients:write')
export class CreateClientCommand extends Command<SavedClientView> {
  constructor(readonly card: TypedCard) {
    super();
  }
}
