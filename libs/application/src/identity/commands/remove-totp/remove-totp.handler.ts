import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { SECOND_FACTORS, type SecondFactors } from '../../ports/second-factors.js';
import { FactorConsent } from '../../services/factor-consent.js';
import { RemoveTotpCommand } from './remove-totp.command.js';

@CommandHandler(RemoveTotpCommand)
export class RemoveTotpHandler implements ICommandHandler<RemoveTotpCommand> {
  constructor(
    private readonly consent: FactorConsent,
    @Inject(SECOND_FACTORS) private readonly factors: SecondFactors,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ input }: RemoveTotpCommand): Promise<void> {
    const userId = await this.consent.ask(input);
    await this.unitOfWork.transact(async () => {
      if (!(await this.factors.remove(userId))) throw new AppError(identityErrors['identity.totp_inactive']);
      await this.audit.record({ entityType: 'identity.user', entityId: userId, after: { secondFactor: 'removed' } });
    });
  }
}
