import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { SessionId, WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { SESSION_STANDING, type SessionStanding } from '../ports/session-standing.js';
import type { SignedIn } from './authenticator.js';

/** For how long an answer is believed: so long, at most, an access token outlives its session. */
export const BELIEVED_MS = 2_000;
const MOST_ENTRIES = 10_000;

interface Entry {
  readonly until: number;
  readonly role: Promise<Role | null>;
}

/**
 * Refuses access tokens of sessions that have ended, and those that tell of a role which the member has no more. A
 * session costs one look-up in two seconds and process, however many requests it sends.
 */
@Injectable()
export class SessionGate {
  // In the order in which they run out.
  private readonly known = new Map<SessionId, Entry>();

  constructor(
    @Inject(SESSION_STANDING) private readonly standing: SessionStanding,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError `shared.unauthenticated`; a refresh tells whether the session has ended, or gives the new role */
  async assertOpen({ workspaceId, sessionId, actor }: SignedIn): Promise<void> {
    const role = await this.roleIn(workspaceId, sessionId);
    if (role !== null && actor.kind === 'user' && actor.role === role) return;
    const reason = role === null ? 'the session has ended' : 'the role was changed';
    throw new AppError(sharedErrors['shared.unauthenticated'], { cause: new Error(`access token: ${reason}`) });
  }

  private roleIn(workspaceId: WorkspaceId, sessionId: SessionId): Promise<Role | null> {
    const at = this.clock.now();
    const known = this.known.get(sessionId);
    if (known && at.getTime() < known.until) return known.role;
    const role = this.standing.roleIn(workspaceId, sessionId, at);
    this.known.delete(sessionId);
    this.known.set(sessionId, { until: at.getTime() + BELIEVED_MS, role });
    // A failed look-up is nobody's answer: the next request asks again.
    role.catch(() => this.known.delete(sessionId));
    this.forgetOld(at);
    return role;
  }

  private forgetOld(at: Date): void {
    for (const [id, { until }] of this.known) {
      if (until > at.getTime() && this.known.size <= MOST_ENTRIES) return;
      this.known.delete(id);
    }
  }
}
