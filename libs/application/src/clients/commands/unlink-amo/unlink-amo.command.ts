import { Command } from '@nestjs/cqrs';
import type { AmoParty } from '#domain/clients/amo-link.js';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Take back which contact or company of amoCRM a client is, if it is. @throws AppError `clients.client_unknown` */
@Permission('clients:write')
export class UnlinkAmoCommand extends Command<void> {
  constructor(
    readonly id: ClientId,
    readonly party: AmoParty,
  ) {
    super();
  }
}
