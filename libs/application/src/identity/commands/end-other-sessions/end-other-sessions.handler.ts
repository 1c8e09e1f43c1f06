import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { SESSIONS, type Sessions } from '../../ports/sessions.js';
import { EndOtherSessionsCommand } from './end-other-sessions.command.js';

@CommandHandler(EndOtherSessionsCommand)
export class EndOtherSessionsHandler implements ICommandHandler<EndOtherSessionsCommand> {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ kept }: EndOtherSessionsCommand): Promise<void> {
    const userId = this.context.userId();
    if (userId === null) return;
    const endedSessions = await this.sessions.endAllOf(userId, 'ended_elsewhere', this.clock.now(), kept);
    if (endedSessions === 0) return;
    await this.audit.record({ entityType: 'identity.user', entityId: userId, after: { endedSessions } });
  }
}
