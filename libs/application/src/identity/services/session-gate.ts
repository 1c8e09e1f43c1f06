import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { SessionId, WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { SESSION_STANDING, type SessionStanding } from '../ports/session-standing.js';
import type { SignedIn } from './authenticator.js';
import { BriefMemory } from './brief-memory.js';

/** So long, at most, an access token outlives its session. */
export const SESSIONS_BELIEVED_MS = 2_000;
const MAX_SESSIONS = 10_000;

/**
 * Refuses access tokens of sessions that have ended, and those that tell of a role which the member has no more. A
 * session costs one look-up in two seconds and process, however many requests it sends.
 */
@Injectable()
export class SessionGate {
  readonly #roles: BriefMemory<Role | null>;

  constructor(
    @Inject(SESSION_STANDING) standing: SessionStanding,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#roles = new BriefMemory({ ms: SESSIONS_BELIEVED_MS, maxEntries: MAX_SESSIONS }, (key) => {
      const [workspaceId, sessionId] = key.split(' ') as [WorkspaceId, SessionId];
      return standing.roleIn(workspaceId, sessionId, clock.now());
    });
  }

  /** @throws AppError `shared.unauthenticated`; a refresh tells whether the session has ended, or gives the new role */
  async assertOpen({ workspaceId, sessionId, actor }: SignedIn): Promise<void> {
    const role = await this.#roles.get(`${workspaceId} ${sessionId}`, this.clock.now().getTime());
    if (role !== null && actor.kind === 'user' && actor.role === role) return;
    const reason = role === null ? 'the session has ended' : 'the role was changed';
    throw new AppError(sharedErrors['shared.unauthenticated'], { cause: new Error(`access token: ${reason}`) });
  }
}
