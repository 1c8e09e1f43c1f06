import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { SECOND_FACTORS, type SecondFactors } from '../../ports/second-factors.js';
import { FactorConsent } from '../../services/factor-consent.js';
import { SecurityTrail } from '../../services/security-trail.js';
import { RemoveTotpCommand } from './remove-totp.command.js';

@CommandHandler(RemoveTotpCommand)
export class RemoveTotpHandler implements ICommandHandler<RemoveTotpCommand> {
  constructor(
    private readonly consent: FactorConsent,
    private readonly trail: SecurityTrail,
    @Inject(SECOND_FACTORS) private readonly factors: SecondFactors,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute({ input }: RemoveTotpCommand): Promise<void> {
    const userId = await this.consent.ask(input);
    await this.unitOfWork.transact(async () => {
      if (!(await this.factors.remove(userId))) throw new AppError(identityErrors['identity.totp_inactive']);
      await this.trail.record(userId, 'factor_removed', { secondFactor: 'removed' });
    });
  }
}
