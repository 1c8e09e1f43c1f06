import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** The query of amoCRM's uninstall hook; anybody can send one. */
export interface UninstallNotice {
  /** Decimal. */
  readonly accountId: string;
  readonly clientId: string;
  /** Hex HMAC-SHA256 of `<clientId>|<accountId>` under the integration's secret. */
  readonly signature: string;
}

/**
 * An integration was switched off in an account: its grants are dead, so they are forgotten in every workspace of that
 * account, an external one in its own workspace only. Repeating it changes nothing; the secret of an external one went
 * with its last grant, so that its notice is refused from then on.
 *
 * amoCRM: the signature covers the integration and the account and nothing else, so a notice that somebody saw can be
 * sent again, also after the account was connected anew. The worst of it is a connection that must be made again.
 *
 * @throws AppError `crm.notice_refused` for a wrong signature, and alike for an integration that is not known here
 */
@Permission('public', { ownTransactions: true })
export class TakeUninstallCommand extends Command<void> {
  constructor(readonly notice: UninstallNotice) {
    super();
  }
}
