import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Say that a person works for a company, and as what. Saying it again gives another position.
 *
 * @throws AppError `clients.client_unknown` | `clients.link_kinds_differ`
 */
@Permission('clients:write')
export class LinkClientsCommand extends Command<void> {
  constructor(
    /** A person and a company, in any order. */
    readonly one: ClientId,
    readonly other: ClientId,
    readonly position: string | null,
  ) {
    super();
  }
}
