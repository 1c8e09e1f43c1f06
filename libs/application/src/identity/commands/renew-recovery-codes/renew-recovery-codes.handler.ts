import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { FactorConsent } from '../../services/factor-consent.js';
import { RecoveryCodeMaker } from '../../services/recovery-code-maker.js';
import { SecurityTrail } from '../../services/security-trail.js';
import type { RecoveryCodesView } from '../confirm-totp/recovery-codes.view.js';
import { RenewRecoveryCodesCommand } from './renew-recovery-codes.command.js';

@CommandHandler(RenewRecoveryCodesCommand)
export class RenewRecoveryCodesHandler implements ICommandHandler<RenewRecoveryCodesCommand> {
  constructor(
    private readonly consent: FactorConsent,
    private readonly recovery: RecoveryCodeMaker,
    private readonly trail: SecurityTrail,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute({ input }: RenewRecoveryCodesCommand): Promise<RecoveryCodesView> {
    const userId = await this.consent.ask(input);
    return this.unitOfWork.transact(async () => {
      const recoveryCodes = await this.recovery.replace(userId);
      await this.trail.record(userId, 'codes_renewed', { recoveryCodes: 'renewed' });
      return { recoveryCodes };
    });
  }
}
