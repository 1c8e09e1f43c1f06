import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { TotpSecretView } from './totp-secret.view.js';

/**
 * Give the caller a secret for an authenticator app. Nothing is asked of anybody until `ConfirmTotpCommand`; a second
 * call replaces the first. The answer is a secret, hence the command's own transaction: no idempotency key may keep it.
 *
 * Fails with `identity.totp_active` (409).
 */
@Permission('identity:read-self', { ownTransactions: true })
export class StartTotpCommand extends Command<TotpSecretView> {}
