import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** So many clients leave in one run; the next run takes the others. */
export const MAX_PURGED = 2_000;

/**
 * Remove for good what was deleted longer ago than the workspace keeps it: the clients with everything written about them. One
 * client a transaction, so that nothing waits and a run that ends early has done what it has done. An audit line, without what
 * the client was, and `clients.client_purged` for each.
 *
 * @returns how many left
 */
@Permission('system', { ownTransactions: true })
export class PurgeClientsCommand extends Command<number> {}
