import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RESET_LINK_MS, resetAccountBucket } from '#domain/identity/guess-limits.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { GUESS_LIMITER, type GuessLimiter } from '../../ports/guess-limiter.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../../ports/sign-in-directory.js';
import { ResetMail } from '../../services/reset-mail.js';
import { TicketDesk } from '../../services/ticket-desk.js';
import { SendPasswordResetCommand } from './send-password-reset.command.js';

@CommandHandler(SendPasswordResetCommand)
export class SendPasswordResetHandler implements ICommandHandler<SendPasswordResetCommand> {
  constructor(
    private readonly desk: TicketDesk,
    private readonly mail: ResetMail,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(GUESS_LIMITER) private readonly limiter: GuessLimiter,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ userId, language }: SendPasswordResetCommand): Promise<void> {
    const account = await this.directory.findById(userId);
    if (!account?.isActive || !account.membership) return;
    const { email } = account;
    if (!(await this.limiter.count(resetAccountBucket(email)))) return;
    const { secret, expiresAt } = await this.desk.issue('password_reset', userId, RESET_LINK_MS);
    await this.unitOfWork.transact(async () => {
      await this.mail.send(email, secret, expiresAt, language);
      const after = { outcome: 'password_reset_mailed' };
      await this.audit.record({ entityType: 'identity.user', entityId: userId, after });
    });
  }
}
