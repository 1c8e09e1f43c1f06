import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { RecoveryCodesView } from './recovery-codes.view.js';

/**
 * Put the caller's second factor in force with a first code of the app: from now on sign-in asks for one.
 *
 * Fails with `identity.code_wrong` (422), also when nothing waits to be confirmed, with `identity.totp_active` (409), and
 * with `identity.too_many_attempts` (429).
 */
@Permission('identity:read-self', { ownTransactions: true })
export class ConfirmTotpCommand extends Command<RecoveryCodesView> {
  constructor(readonly code: string) {
    super();
  }
}
