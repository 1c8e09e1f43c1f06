import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { SESSIONS, type Sessions } from '../../ports/sessions.js';
import { EndSessionCommand } from './end-session.command.js';

@CommandHandler(EndSessionCommand)
export class EndSessionHandler implements ICommandHandler<EndSessionCommand> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ sessionId }: EndSessionCommand): Promise<void> {
    const userId = this.context.userId();
    const session = userId === null ? null : await this.sessions.lockOwn(sessionId, userId);
    if (!session?.revoke('ended_elsewhere', this.clock.now()))
      throw new AppError(identityErrors['identity.session_unknown']);
    await this.sessions.save(session);
    await this.audit.record({
      entityType: 'identity.session',
      entityId: sessionId,
      after: { outcome: session.state.revokedReason },
    });
  }
}
