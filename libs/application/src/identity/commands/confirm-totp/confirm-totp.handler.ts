import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { SECOND_FACTORS, type SecondFactors } from '../../ports/second-factors.js';
import { codeWrong } from '../../services/code-wrong.js';
import { FactorCheck } from '../../services/factor-check.js';
import { OwnAccount } from '../../services/own-account.js';
import { RecoveryCodeMaker } from '../../services/recovery-code-maker.js';
import { SecurityTrail } from '../../services/security-trail.js';
import { ConfirmTotpCommand } from './confirm-totp.command.js';
import type { RecoveryCodesView } from './recovery-codes.view.js';

@CommandHandler(ConfirmTotpCommand)
export class ConfirmTotpHandler implements ICommandHandler<ConfirmTotpCommand> {
  constructor(
    private readonly account: OwnAccount,
    private readonly check: FactorCheck,
    private readonly recovery: RecoveryCodeMaker,
    private readonly trail: SecurityTrail,
    @Inject(SECOND_FACTORS) private readonly factors: SecondFactors,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ code }: ConfirmTotpCommand): Promise<RecoveryCodesView> {
    const { userId, email, hasSecondFactor } = await this.account.get();
    if (hasSecondFactor) throw new AppError(identityErrors['identity.totp_active']);
    const proven = await this.check.firstStep(userId, email, code);
    if (!proven) throw codeWrong('code');
    return this.unitOfWork.transact(async () => {
      const isFirst = await this.factors.confirm(userId, proven, this.clock.now());
      // Confirmed by another request, or replaced by a newer secret that nobody has proved to have.
      if (!isFirst) throw new AppError(identityErrors['identity.totp_active']);
      const recoveryCodes = await this.recovery.replace(userId);
      await this.trail.record(userId, 'factor_set_up', { secondFactor: 'totp' });
      return { recoveryCodes };
    });
  }
}
