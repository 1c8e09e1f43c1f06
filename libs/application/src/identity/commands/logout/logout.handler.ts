import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { SESSIONS, type Sessions } from '../../ports/sessions.js';
import { LogoutCommand } from './logout.command.js';

@CommandHandler(LogoutCommand)
export class LogoutHandler implements ICommandHandler<LogoutCommand> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ sessionId }: LogoutCommand): Promise<void> {
    const session = await this.sessions.lock(sessionId);
    if (session?.state.userId !== this.context.userId()) return;
    if (!session.revoke('logout', this.clock.now())) return;
    await this.sessions.save(session);
    await this.audit.record({ entityType: 'identity.session', entityId: sessionId, after: { outcome: 'logout' } });
  }
}
