import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { LinkPosition } from '../../ports/client-links.js';

/**
 * Say that a person works for a company, and as what. Saying it again gives another position.
 *
 * @throws AppError `clients.client_unknown` | `clients.link_kinds_differ` | `shared.validation_failed` when the position is no
 *   entry of the dictionary `positions`, or one that is no longer offered
 */
@Permission('clients:write')
export class LinkClientsCommand extends Command<void> {
  constructor(
    /** A person and a company, in any order. */
    readonly one: ClientId,
    readonly other: ClientId,
    readonly as: LinkPosition,
  ) {
    super();
  }
}
