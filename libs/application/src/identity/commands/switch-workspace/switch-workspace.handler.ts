import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { UserId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { ACCESS_TOKENS, type AccessTokens } from '../../ports/access-tokens.js';
import { MEMBERS, type Members } from '../../ports/members.js';
import { PASSWORDS, type Passwords } from '../../ports/passwords.js';
import { SESSIONS, type Sessions } from '../../ports/sessions.js';
import { SessionOpener } from '../../services/session-opener.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import type { SessionTokensView } from '../login/session-tokens.view.js';
import { SwitchWorkspaceCommand } from './switch-workspace.command.js';

@CommandHandler(SwitchWorkspaceCommand)
export class SwitchWorkspaceHandler implements ICommandHandler<SwitchWorkspaceCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly scope: WorkspaceScope,
    private readonly opener: SessionOpener,
    @Inject(PASSWORDS) private readonly passwords: Passwords,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(MEMBERS) private readonly members: Members,
    @Inject(ACCESS_TOKENS) private readonly accessTokens: AccessTokens,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  execute({ target, sessionId }: SwitchWorkspaceCommand): Promise<SessionTokensView> {
    const { actor, workspaceId: from } = this.context.get();
    const userId = this.context.userId();
    if (userId === null) throw new AppError(identityErrors['identity.workspace_unknown']);
    return this.scope.transact(target, actor, async () => {
      const member = await this.members.find(userId);
      if (!member?.isActive) throw new AppError(identityErrors['identity.workspace_unknown']);
      const { email, role } = member;
      // Whoever ends all sessions waits for this one, or has ended the one at hand.
      await this.passwords.hold(userId);
      const current = await this.sessions.lockOwn(sessionId, userId);
      if (!current || current.isRevoked) throw new AppError(sharedErrors['shared.unauthenticated']);
      const { expiresAt } = current.state;
      return this.scope.continueAs(userActor(userId, email, role), async () => {
        const { session, refreshToken } = await this.opener.open(userId, expiresAt);
        await this.record(session.state.id, userId, from);
        const claims = { userId, email, role, workspaceId: target, sessionId: session.state.id };
        const { token, expiresIn } = this.accessTokens.issue(claims);
        return { accessToken: token, refreshToken, expiresIn };
      });
    });
  }

  private record(sessionId: string, userId: UserId, from: string | null): Promise<void> {
    const { ip = null } = this.context.get();
    const after = { outcome: 'switched', from, userId, ip };
    return this.audit.record({ entityType: 'identity.session', entityId: sessionId, after });
  }
}
