import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { SECOND_FACTORS, type SecondFactors } from '../../ports/second-factors.js';
import { SESSIONS, type Sessions } from '../../ports/sessions.js';
import { FactorResetRules } from '../../services/factor-reset-rules.js';
import { SecurityTrail } from '../../services/security-trail.js';
import { ResetMemberFactorCommand } from './reset-member-factor.command.js';

@CommandHandler(ResetMemberFactorCommand)
export class ResetMemberFactorHandler implements ICommandHandler<ResetMemberFactorCommand> {
  constructor(
    private readonly rules: FactorResetRules,
    private readonly trail: SecurityTrail,
    @Inject(SECOND_FACTORS) private readonly factors: SecondFactors,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ userId }: ResetMemberFactorCommand): Promise<void> {
    await this.rules.assertResettable(userId);
    if (!(await this.factors.remove(userId))) throw new AppError(identityErrors['identity.totp_inactive']);
    const endedSessions = await this.sessions.endAllOf(userId, 'second_factor_reset', this.clock.now());
    await this.trail.record(userId, 'factor_reset', { secondFactor: 'reset', endedSessions });
  }
}
