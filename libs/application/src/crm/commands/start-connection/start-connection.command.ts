import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

export interface ConnectionStarted {
  /** amoCRM's consent page; send the administrator's browser there within 20 minutes. */
  readonly authorizeUrl: string;
}

/**
 * Begin to connect the workspace to an amoCRM account.
 *
 * Opens its own transaction so that its result, which holds a one-time secret, is never stored under an idempotency key.
 * @throws AppError `crm.integration_missing` when the operator has configured none
 */
@Permission('crm:manage', { ownTransactions: true })
export class StartConnectionCommand extends Command<ConnectionStarted> {}
