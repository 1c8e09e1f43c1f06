import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

export interface LongLivedToken {
  /** Address of the account, `https://example.amocrm.ru`, or its host. */
  readonly account: string;
  readonly token: string;
}

/**
 * Connect with a long-lived token, which an administrator made in the integration's settings. amoCRM: such a token is
 * shown once, lives for 1 day to 5 years, and cannot be refreshed: the first 401 means that it is gone.
 *
 * @throws AppError `crm.host_not_allowed` when the account is not at amoCRM's hosts; nothing was sent to it
 * @throws AppError `crm.oauth_refused` when amoCRM does not take the token
 * @throws AppError `crm.other_account` when the workspace belongs to another account
 * @throws AppError `crm.account_blocked` | `crm.subscription_ended` | `crm.forbidden` | `crm.refused` | `crm.too_heavy` |
 *   `crm.unreachable` when amoCRM does not say whose token it is
 */
@Permission('crm:manage', { ownTransactions: true })
export class ConnectByTokenCommand extends Command<void> {
  constructor(readonly input: LongLivedToken) {
    super();
  }
}
