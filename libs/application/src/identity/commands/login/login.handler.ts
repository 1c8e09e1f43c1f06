import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { ACCESS_TOKENS, type AccessTokens } from '../../ports/access-tokens.js';
import { CredentialCheck, type Welcome } from '../../services/credential-check.js';
import { SessionOpener } from '../../services/session-opener.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import { LoginCommand } from './login.command.js';
import type { SessionTokensView } from './session-tokens.view.js';

@CommandHandler(LoginCommand)
export class LoginHandler implements ICommandHandler<LoginCommand> {
  constructor(
    private readonly credentials: CredentialCheck,
    private readonly scope: WorkspaceScope,
    private readonly opener: SessionOpener,
    @Inject(ACCESS_TOKENS) private readonly accessTokens: AccessTokens,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ input }: LoginCommand): Promise<SessionTokensView> {
    // Checked outside of a transaction: hashing takes long, and a refusal must leave its mark.
    const welcome = await this.credentials.check(input.email, input.password);
    const actor = userActor(welcome.userId, welcome.email, welcome.role);
    return this.scope.transact(welcome.workspaceId, actor, () => this.enter(welcome));
  }

  private async enter(welcome: Welcome): Promise<SessionTokensView> {
    const { session, refreshToken } = await this.opener.open(welcome.userId);
    const { id: sessionId, ip, userAgent } = session.state;
    await this.audit.record({
      entityType: 'identity.session',
      entityId: sessionId,
      after: { outcome: 'signed_in', ip, userAgent },
    });
    const { token, expiresIn } = this.accessTokens.issue({ ...welcome, sessionId });
    return { accessToken: token, refreshToken, expiresIn };
  }
}
