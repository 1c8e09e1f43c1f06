import { Command } from '@nestjs/cqrs';
import type { AmoParty } from '#domain/clients/amo-link.js';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Say which contact or company of amoCRM a client is. Saying it again changes nothing. What a deleted client was goes over
 * to this one; restoring that client does not take it back.
 *
 * @throws AppError `clients.client_unknown` | `clients.amocrm_link_kind` | `clients.amocrm_link_taken` with the `clientId`
 *   of the client that it is
 */
@Permission('clients:write')
export class LinkAmoCommand extends Command<void> {
  constructor(
    readonly id: ClientId,
    readonly party: AmoParty,
  ) {
    super();
  }
}
