import type { RefreshToken, Session } from '#domain/identity/session.js';
import type { SessionId } from '#domain/shared/ids.js';

/** Sessions of the current workspace. */
export interface Sessions {
  /** Store a new session with its first token. */
  add(session: Session, first: RefreshToken): Promise<void>;
  /** The session, locked until the transaction ends, so that its tokens are exchanged one after the other; or null. */
  lock(id: SessionId): Promise<Session | null>;
  /** A token of a session; read it after `lock`. */
  findToken(id: SessionId, hash: string): Promise<RefreshToken | null>;
  /** Store that `used` was exchanged for `next`. */
  exchange(id: SessionId, used: RefreshToken, next: RefreshToken): Promise<void>;
  /** Store a revocation. */
  save(session: Session): Promise<void>;
}
export const SESSIONS = Symbol('Sessions');
