import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { FactorConsent } from '../../services/factor-consent.js';
import { RecoveryCodeMaker } from '../../services/recovery-code-maker.js';
import type { RecoveryCodesView } from '../confirm-totp/recovery-codes.view.js';
import { RenewRecoveryCodesCommand } from './renew-recovery-codes.command.js';

@CommandHandler(RenewRecoveryCodesCommand)
export class RenewRecoveryCodesHandler implements ICommandHandler<RenewRecoveryCodesCommand> {
  constructor(
    private readonly consent: FactorConsent,
    private readonly recovery: RecoveryCodeMaker,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ input }: RenewRecoveryCodesCommand): Promise<RecoveryCodesView> {
    const userId = await this.consent.ask(input);
    return this.unitOfWork.transact(async () => {
      const recoveryCodes = await this.recovery.replace(userId);
      await this.audit.record({ entityType: 'identity.user', entityId: userId, after: { recoveryCodes: 'renewed' } });
      return { recoveryCodes };
    });
  }
}
