import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** The query of amoCRM's redirect (amoCRM: oAuth 2.0, getting the code). Anybody can send one: nothing in it is trusted. */
export interface ConnectionAnswer {
  readonly state?: string;
  readonly code?: string;
  /** Host of the account. */
  readonly referer?: string;
  /** `access_denied` when the administrator refused. */
  readonly error?: string;
  /** Id of the integration, where amoCRM sends it; compared when the integration is an external one. */
  readonly clientId?: string;
}

export interface ConnectionCompleted {
  readonly accountId: number;
  readonly accountName: string;
}

/**
 * Finish what `StartConnectionCommand` began: uses the state up, exchanges the code at an allowed host, asks whose
 * account it is, and stores the sealed tokens. The state stands for the administrator's credential.
 *
 * @throws AppError `crm.oauth_state_unknown` for a state that is not ours, used, or older than 20 minutes
 * @throws AppError `crm.oauth_refused` when the administrator or amoCRM refused
 * @throws AppError `crm.host_not_allowed` when the account's host is not amoCRM's; nothing was sent to it
 * @throws AppError `crm.other_account` when the workspace belongs to another account
 * @throws AppError `crm.secrets_missing` when amoCRM has not delivered the secrets of an external integration; the state
 *   is not used up, so the same answer may be given again
 * @throws AppError `crm.unreachable`
 */
@Permission('public', { ownTransactions: true })
export class CompleteConnectionCommand extends Command<ConnectionCompleted> {
  constructor(readonly answer: ConnectionAnswer) {
    super();
  }
}
