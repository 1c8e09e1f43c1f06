import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { FactorConsentInput } from '../../services/factor-consent.js';

/**
 * Take the caller's second factor away, with its recovery codes.
 *
 * Fails with `identity.wrong_password`, `identity.code_wrong` (422), `identity.totp_inactive` (409) and
 * `identity.too_many_attempts` (429).
 */
@Permission('identity:read-self', { ownTransactions: true })
export class RemoveTotpCommand extends Command<void> {
  constructor(readonly input: FactorConsentInput) {
    super();
  }
}
