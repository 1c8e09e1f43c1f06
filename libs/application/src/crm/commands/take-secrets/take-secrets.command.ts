import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** What amoCRM delivers when a site's button made an integration; anybody can send one. Never log it. */
export interface DeliveredSecrets {
  readonly clientId: string;
  readonly clientSecret: string;
  /** amoCRM: null when the button had none. */
  readonly state: string | null;
}

/**
 * Take the secrets of an external integration for the workspace whose administrator pressed the button; the state stands
 * for his credential. The same delivery may come again, also after the connection was made, and changes nothing.
 *
 * One client id belongs to one workspace, and never to one that the operator configured: whoever could bring a secret of
 * his own for somebody else's integration could sign one-time tokens and notices in its name.
 *
 * @throws AppError `crm.oauth_state_unknown` for a state that was given out here for no button, or has expired
 * @throws AppError `crm.secrets_refused` for other secrets than those that came first, and for an integration that is
 *   known here otherwise
 * @throws AppError `shared.rate_limited` when too many come from one address
 */
@Permission('public', { ownTransactions: true })
export class TakeSecretsCommand extends Command<void> {
  constructor(readonly delivered: DeliveredSecrets) {
    super();
  }
}
