import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Take back that a person works for a company. @throws AppError `clients.client_unknown` also when they are not linked */
@Permission('clients:write')
export class UnlinkClientsCommand extends Command<void> {
  constructor(
    readonly one: ClientId,
    readonly other: ClientId,
  ) {
    super();
  }
}
