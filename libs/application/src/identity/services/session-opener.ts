import { Inject, Injectable } from '@nestjs/common';
import { Session } from '#domain/identity/session.js';
import { asId, type SessionId, type UserId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { IDS, type Ids } from '../../shared/ports/ids.js';
import { MEMBERSHIPS, type Memberships } from '../ports/memberships.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../ports/refresh-secrets.js';
import { SESSIONS, type Sessions } from '../ports/sessions.js';

/** Opens sessions in the current workspace. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(MEMBERSHIPS) private readonly memberships: Memberships,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Store a session of `userId` for the caller at hand; the answered refresh token is known to nobody else.
   *
   * @param notAfter  it ends then at the latest
   */
  async open(userId: UserId, notAfter?: Date): Promise<{ readonly session: Session; readonly refreshToken: string }> {
    const { ip = null, userAgent = null } = this.context.get();
    const at = this.clock.now();
    const { secret, hash } = this.secrets.make();
    const session = Session.open({ id: asId<SessionId>(this.ids.next()), userId, ip, userAgent }, at, notAfter);
    await this.sessions.add(session, session.grant(hash, at));
    await this.memberships.touch(userId, at);
    return { session, refreshToken: secret };
  }
}
