import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

export interface CodeFromSettings {
  /** amoCRM: from the "Keys" tab of the integration; 20 minutes, single use. */
  readonly code: string;
  /** Host of the account, `example.amocrm.ru`. */
  readonly referer: string;
}

/**
 * Connect with an authorization code that an administrator copied from the integration's settings.
 *
 * @throws AppError `crm.integration_missing` when the operator has configured none
 * @throws AppError `crm.host_not_allowed` when the account is not at amoCRM's hosts; nothing was sent to it
 * @throws AppError `crm.oauth_refused` when amoCRM refuses the code
 * @throws AppError `crm.other_account` when the workspace belongs to another account
 * @throws AppError as `ConnectByTokenCommand` when amoCRM does not say whose code it is
 */
@Permission('crm:manage', { ownTransactions: true })
export class ConnectByCodeCommand extends Command<void> {
  constructor(readonly input: CodeFromSettings) {
    super();
  }
}
