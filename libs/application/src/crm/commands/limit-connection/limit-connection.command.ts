import { Command } from '@nestjs/cqrs';
import type { ConnectionLimits } from '#domain/crm/connection-limits.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** A limit that is left out stays; null = as configured on the server. */
export type ConnectionLimitsChange = Partial<ConnectionLimits>;

/**
 * Say how many requests a second the workspace's account may have, e.g. after a package was bought. Every process goes
 * by it from its next request on.
 *
 * @throws AppError `crm.not_connected` when the workspace never was connected
 */
@Permission('crm:manage')
export class LimitConnectionCommand extends Command<void> {
  constructor(readonly change: ConnectionLimitsChange) {
    super();
  }
}
