import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { FactorConsentInput } from '../../services/factor-consent.js';
import type { RecoveryCodesView } from '../confirm-totp/recovery-codes.view.js';

/** Give the caller new recovery codes; the old ones end. Fails as `RemoveTotpCommand` does. */
@Permission('identity:read-self', { ownTransactions: true })
export class RenewRecoveryCodesCommand extends Command<RecoveryCodesView> {
  constructor(readonly input: FactorConsentInput) {
    super();
  }
}
