import { Command } from '@nestjs/cqrs';
import type { Platform } from '#domain/crm/connection-state.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';

export interface ConnectionStarted {
  /** amoCRM's consent page; send the administrator's browser there within 20 minutes. */
  readonly authorizeUrl: string;
}

export interface ConnectionPlan {
  /** Where the account lives; by default where the named account does, else amoCRM. */
  readonly platform?: Platform;
  /** Address of the account, or its host: only then an install of the widget alone may complete the connection. */
  readonly account?: string;
}

/**
 * Begin to connect the workspace to an amoCRM account.
 *
 * Opens its own transaction so that its result, which holds a one-time secret, is never stored under an idempotency key.
 * @throws AppError `crm.host_not_allowed` when the named account is not at the platform's hosts
 * @throws AppError `crm.integration_missing` when the operator has configured none
 */
@Permission('crm:manage', { ownTransactions: true })
export class StartConnectionCommand extends Command<ConnectionStarted> {
  constructor(readonly plan: ConnectionPlan = {}) {
    super();
  }
}
