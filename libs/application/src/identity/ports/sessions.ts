import type { RefreshToken, RevocationReason, Session } from '#domain/identity/session.js';
import type { SessionId, UserId } from '#domain/shared/ids.js';

/** Sessions of the current workspace; of whoever acts, those in other workspaces, too. */
export interface Sessions {
  /** Store a new session with its first token. */
  add(session: Session, first: RefreshToken): Promise<void>;
  /** The session, locked until the transaction ends, so that its tokens are exchanged one after the other; or null. */
  lock(id: SessionId): Promise<Session | null>;
  /** Like `lock`, in any workspace, of whoever acts only. */
  lockOwn(id: SessionId, userId: UserId): Promise<Session | null>;
  /** A token of a session; read it after `lock`. */
  findToken(id: SessionId, hash: string): Promise<RefreshToken | null>;
  /** Store that `used` was exchanged for `next`, which is a use of the session. */
  exchange(id: SessionId, used: RefreshToken, next: RefreshToken): Promise<void>;
  /** Store a revocation. */
  save(session: Session): Promise<void>;
  /**
   * End all sessions of a person that are visible here but `kept`.
   *
   * @returns how many were ended
   */
  endAllOf(userId: UserId, reason: RevocationReason, at: Date, kept?: SessionId): Promise<number>;
}
export const SESSIONS = Symbol('Sessions');
