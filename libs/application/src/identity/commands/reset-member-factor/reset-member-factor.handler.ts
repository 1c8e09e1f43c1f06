import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { MEMBERS, type Members } from '../../ports/members.js';
import { SECOND_FACTORS, type SecondFactors } from '../../ports/second-factors.js';
import { SESSIONS, type Sessions } from '../../ports/sessions.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../../ports/sign-in-directory.js';
import { ResetMemberFactorCommand } from './reset-member-factor.command.js';

@CommandHandler(ResetMemberFactorCommand)
export class ResetMemberFactorHandler implements ICommandHandler<ResetMemberFactorCommand> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(MEMBERS) private readonly members: Members,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(SECOND_FACTORS) private readonly factors: SecondFactors,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ userId }: ResetMemberFactorCommand): Promise<void> {
    await this.assertResettable(userId);
    if (!(await this.factors.remove(userId))) throw new AppError(identityErrors['identity.totp_inactive']);
    const endedSessions = await this.sessions.endAllOf(userId, 'second_factor_reset', this.clock.now());
    await this.audit.record({
      entityType: 'identity.user',
      entityId: userId,
      after: { secondFactor: 'reset', endedSessions },
    });
  }

  private async assertResettable(userId: UserId): Promise<void> {
    if (!(await this.members.find(userId))) throw new AppError(sharedErrors['shared.not_found']);
    const refused = (detail: string): AppError =>
      new AppError(identityErrors['identity.factor_not_resettable'], { detail });
    if (userId === this.context.userId()) throw refused('One removes the own factor with password and code');
    if ((await this.directory.countWorkspacesOf(userId)) > 1)
      throw refused('The person belongs to other workspaces, too');
  }
}
