import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

export interface DirectoryRefreshed {
  /** ISO 8601. */
  readonly fetchedAt: string;
}

/**
 * Read the account directory from amoCRM, make the marker field when it is missing, and store both. About eight
 * requests; callers in one process who ask meanwhile share one reading.
 *
 * @throws AppError `crm.not_connected` | `crm.reconnect_needed` | `crm.account_blocked` | `crm.subscription_ended` |
 *   `crm.busy` | `crm.unreachable` | `crm.forbidden`
 */
@Permission('crm:manage', { ownTransactions: true })
export class RefreshDirectoryCommand extends Command<DirectoryRefreshed> {}
