import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { TotpSecretView } from './totp-secret.view.js';

/**
 * Give the caller a secret for an authenticator app. The password is asked for again: with a second factor of his own,
 * whoever holds a stolen session would shut its owner out. Nothing is asked of anybody until `ConfirmTotpCommand`; a second
 * call replaces the first. The answer is a secret, hence the command's own transaction: no idempotency key may keep it.
 *
 * Fails with `identity.wrong_password` (422), `identity.too_many_attempts` (429), `identity.totp_active` (409).
 */
@Permission('identity:read-self', { ownTransactions: true })
export class StartTotpCommand extends Command<TotpSecretView> {
  constructor(readonly password: string) {
    super();
  }
}
