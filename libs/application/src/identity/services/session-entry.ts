import { Inject, Injectable } from '@nestjs/common';
import { AUDIT_TRAIL, type AuditTrail } from '../../shared/ports/audit-trail.js';
import { ACCESS_TOKENS, type AccessTokens } from '../ports/access-tokens.js';
import type { SessionTokensView } from '../commands/login/session-tokens.view.js';
import type { Welcome } from './credential-check.js';
import { SessionOpener } from './session-opener.js';

/** Lets in who has proved everything that is asked. */
@Injectable()
export class SessionEntry {
  constructor(
    private readonly opener: SessionOpener,
    @Inject(ACCESS_TOKENS) private readonly accessTokens: AccessTokens,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  /** Open a session, in the transaction of its workspace. `proved` goes into the audit trail. */
  async enter(
    { userId, email, workspaceId, role }: Welcome,
    proved: Readonly<Record<string, unknown>> = {},
  ): Promise<SessionTokensView> {
    const { session, refreshToken } = await this.opener.open(userId);
    const { id: sessionId, ip, userAgent } = session.state;
    await this.audit.record({
      entityType: 'identity.session',
      entityId: sessionId,
      after: { outcome: 'signed_in', ip, userAgent, ...proved },
    });
    const { token, expiresIn } = this.accessTokens.issue({ userId, email, workspaceId, role, sessionId });
    return { accessToken: token, refreshToken, expiresIn };
  }
}
