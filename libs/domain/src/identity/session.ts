import type { SessionId, UserId } from '../shared/ids.js';

const DAY_MS = 86_400_000;

/** A session ends this long after sign-in, however busy it is. */
export const SESSION_LIFETIME_MS = 90 * DAY_MS;
/** A session that is not refreshed for this long ends. */
export const REFRESH_LIFETIME_MS = 14 * DAY_MS;

/** Why a session was ended before its time. */
export type RevocationReason =
  | 'logout'
  | 'refresh_reused'
  | 'member_inactive'
  | 'ended_elsewhere'
  | 'password_changed'
  | 'password_reset'
  | 'second_factor_reset';

/** One refresh token of a session. Only its hash is known; the secret was shown once. */
export interface RefreshToken {
  /** Hex SHA-256 of the secret. */
  readonly hash: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Null until it was exchanged; a token is exchanged once. */
  readonly usedAt: Date | null;
  /** Hash of the token it was exchanged for. */
  readonly replacedBy: string | null;
}

export interface SessionState {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedReason: RevocationReason | null;
}

/** What came of presenting a refresh token. */
export type Rotation =
  | { readonly kind: 'rotated'; readonly used: RefreshToken; readonly next: RefreshToken }
  | { readonly kind: 'reused' }
  | { readonly kind: 'refused' };

/** One sign-in of one user at one place, and the family of all refresh tokens that came of it. */
export class Session {
  private constructor(private current: SessionState) {}

  /** Start a session that ends at `notAfter` at the latest; it has no refresh token yet. */
  static open(
    start: Pick<SessionState, 'id' | 'userId' | 'userAgent' | 'ip'>,
    at: Date,
    notAfter: Date = later(at, SESSION_LIFETIME_MS),
  ): Session {
    const end = later(at, SESSION_LIFETIME_MS);
    return new Session({
      ...start,
      createdAt: at,
      expiresAt: notAfter < end ? notAfter : end,
      revokedAt: null,
      revokedReason: null,
    });
  }

  /** Rebuild a stored session. */
  static restore(state: SessionState): Session {
    return new Session(state);
  }

  get state(): SessionState {
    return this.current;
  }

  get isRevoked(): boolean {
    return this.current.revokedAt !== null;
  }

  /** A token that can be exchanged from now on; never outlives the session. */
  grant(hash: string, at: Date): RefreshToken {
    const idleEnd = later(at, REFRESH_LIFETIME_MS);
    const expiresAt = idleEnd < this.current.expiresAt ? idleEnd : this.current.expiresAt;
    return { hash, createdAt: at, expiresAt, usedAt: null, replacedBy: null };
  }

  /**
   * Exchange `presented` for a token with the hash `nextHash`. A token that was exchanged before is in two hands, one
   * of which may be a thief's: the whole family ends. There is no grace for a repeated request, since a thief's use
   * looks just like one; a client with several tabs must refresh in one of them.
   */
  rotate(presented: RefreshToken, nextHash: string, at: Date): Rotation {
    if (presented.usedAt !== null) {
      this.revoke('refresh_reused', at);
      return { kind: 'reused' };
    }
    if (this.isRevoked || at >= this.current.expiresAt || at >= presented.expiresAt) return { kind: 'refused' };
    return {
      kind: 'rotated',
      used: { ...presented, usedAt: at, replacedBy: nextHash },
      next: this.grant(nextHash, at),
    };
  }

  /** End the session; false when it had been ended before. */
  revoke(reason: RevocationReason, at: Date): boolean {
    if (this.isRevoked) return false;
    this.current = { ...this.current, revokedAt: at, revokedReason: reason };
    return true;
  }
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
