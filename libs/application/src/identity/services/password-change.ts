import { Inject, Injectable } from '@nestjs/common';
import type { RevocationReason } from '#domain/identity/session.js';
import type { SessionId, UserId } from '#domain/shared/ids.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { PASSWORDS, type Passwords } from '../ports/passwords.js';
import { SESSIONS, type Sessions } from '../ports/sessions.js';
import { SIGN_IN_TICKETS, type SignInTickets } from '../ports/sign-in-tickets.js';
import { SecurityTrail } from './security-trail.js';

/** What goes with a new password, whatever way it came. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly trail: SecurityTrail,
    @Inject(PASSWORDS) private readonly passwords: Passwords,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(SIGN_IN_TICKETS) private readonly tickets: SignInTickets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Replace the password of whoever acts, in the open transaction: sessions end but `kept`, and with the old password
   * go sign-ins that were half done with it, and links to a new one.
   */
  async carryOut(
    userId: UserId,
    hash: string,
    reason: Extract<RevocationReason, 'password_changed' | 'password_reset'>,
    kept?: SessionId,
  ): Promise<void> {
    const at = this.clock.now();
    await this.passwords.set(userId, hash, at);
    await this.tickets.forgetOf(userId);
    const endedSessions = await this.sessions.endAllOf(userId, reason, at, kept);
    await this.trail.record(userId, reason, { outcome: reason, endedSessions });
  }
}
