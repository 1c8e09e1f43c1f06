import { Command } from '@nestjs/cqrs';
import type { NewClientField } from '#domain/clients/client-field.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ClientFieldView } from '../../queries/list-client-fields/client-field.view.js';

/**
 * Define a custom field. Its code and its type are given once.
 *
 * @throws AppError `shared.validation_failed` | `clients.field_code_taken` | `clients.too_many_fields`
 */
@Permission('clients:configure')
export class CreateClientFieldCommand extends Command<ClientFieldView> {
  constructor(readonly field: Omit<NewClientField, 'id' | 'position'> & { readonly position?: number }) {
    super();
  }
}
