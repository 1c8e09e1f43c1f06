import { Inject, Injectable } from '@nestjs/common';
import type { SessionId } from '#domain/shared/ids.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { MEMBERS, type Member, type Members } from '../ports/members.js';
import { SESSIONS, type Sessions } from '../ports/sessions.js';

export type RotationOutcome =
  { readonly kind: 'rotated'; readonly member: Member } | { readonly kind: 'reused' } | { readonly kind: 'refused' };

/** Exchanges refresh tokens inside a transaction of their workspace. */
@Injectable()
export class SessionRotation {
  constructor(
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(MEMBERS) private readonly members: Members,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Exchange the token with the hash `presented` for one with the hash `next`; what ended the session is stored, too. */
  async rotate(sessionId: SessionId, presented: string, next: string): Promise<RotationOutcome> {
    const session = await this.sessions.lock(sessionId);
    const token = session && (await this.sessions.findToken(sessionId, presented));
    if (!session || !token) return { kind: 'refused' };

    const wasRevoked = session.isRevoked;
    const member = await this.members.find(session.state.userId);
    const at = this.clock.now();
    const rotation = session.rotate(token, next, at);
    if (rotation.kind === 'rotated' && member?.isActive) {
      await this.sessions.exchange(sessionId, rotation.used, rotation.next);
      return { kind: 'rotated', member };
    }

    if (!member?.isActive) session.revoke('member_inactive', at);
    if (session.isRevoked && !wasRevoked) {
      await this.sessions.save(session);
      await this.audit.record({
        entityType: 'identity.session',
        entityId: sessionId,
        after: { outcome: session.state.revokedReason },
      });
    }
    return { kind: rotation.kind === 'reused' ? 'reused' : 'refused' };
  }
}
