import { Injectable } from '@nestjs/common';
import { type RefreshToken, type RevocationReason, Session } from '#domain/identity/session.js';
import type { SessionId, UserId } from '#domain/shared/ids.js';
import type { Sessions } from '#application/identity/ports/sessions.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

interface SessionRow {
  readonly id: SessionId;
  readonly user_id: UserId;
  readonly user_agent: string | null;
  readonly ip: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly revoked_reason: RevocationReason | null;
}

interface TokenRow {
  readonly hash: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly replaced_by: string | null;
}

@Injectable()
export class PgSessions implements Sessions {
  constructor(private readonly context: CurrentContext) {}

  async add(session: Session, first: RefreshToken): Promise<void> {
    const { id, userId, userAgent, ip, createdAt, expiresAt } = session.state;
    await currentSession().affected(
      `INSERT INTO sessions (workspace_id, id, user_id, user_agent, ip, created_at, expires_at, last_used_at, last_ip)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $5)`,
      [this.context.workspaceId(), id, userId, userAgent, ip, createdAt, expiresAt],
    );
    await this.addToken(id, first);
  }

  async lock(id: SessionId): Promise<Session | null> {
    const row = await currentSession().first<SessionRow>(
      `SELECT id, user_id, user_agent, ip, created_at, expires_at, revoked_at, revoked_reason
       FROM sessions WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [this.context.workspaceId(), id],
    );
    return row ? toSession(row) : null;
  }

  async lockOwn(id: SessionId, userId: UserId): Promise<Session | null> {
    const row = await currentSession().first<SessionRow>(
      `SELECT id, user_id, user_agent, ip, created_at, expires_at, revoked_at, revoked_reason
       FROM sessions WHERE user_id = $1 AND id = $2 FOR UPDATE`,
      [userId, id],
    );
    return row ? toSession(row) : null;
  }

  // A statement of its own: joined to the lock it would read the token as it was before the wait.
  async findToken(id: SessionId, hash: string): Promise<RefreshToken | null> {
    const row = await currentSession().first<TokenRow>(
      `SELECT encode(hash, 'hex') AS hash, created_at, expires_at, used_at, encode(replaced_by, 'hex') AS replaced_by
       FROM refresh_tokens WHERE workspace_id = $1 AND session_id = $2 AND hash = decode($3, 'hex')`,
      [this.context.workspaceId(), id, hash],
    );
    return row ? toToken(row) : null;
  }

  async exchange(id: SessionId, used: RefreshToken, next: RefreshToken): Promise<void> {
    await this.addToken(id, next);
    await currentSession().affected(
      `UPDATE refresh_tokens SET used_at = $3, replaced_by = decode($4, 'hex') WHERE workspace_id = $1 AND hash = decode($2, 'hex')`,
      [this.context.workspaceId(), used.hash, used.usedAt, used.replacedBy],
    );
    await currentSession().affected(
      `UPDATE sessions SET last_used_at = $3, last_ip = $4 WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id, next.createdAt, this.context.get().ip ?? null],
    );
  }

  async save(session: Session): Promise<void> {
    const { id, userId, revokedAt, revokedReason } = session.state;
    // By the person, not by the workspace: one's own sessions elsewhere are saved here, too.
    await currentSession().affected(
      `UPDATE sessions SET revoked_at = $3, revoked_reason = $4 WHERE user_id = $1 AND id = $2`,
      [userId, id, revokedAt, revokedReason],
    );
  }

  async endAllOf(userId: UserId, reason: RevocationReason, at: Date, kept?: SessionId): Promise<number> {
    // A session that is being opened at this moment would not be seen: whoever opens one holds this row, see PgPasswords.
    await currentSession().rows(`SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE`, [userId]);
    return currentSession().affected(
      `UPDATE sessions SET revoked_at = $2, revoked_reason = $3
       WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND id IS DISTINCT FROM $4::uuid`,
      [userId, at, reason, kept ?? null],
    );
  }

  private async addToken(id: SessionId, { hash, createdAt, expiresAt }: RefreshToken): Promise<void> {
    await currentSession().affected(
      `INSERT INTO refresh_tokens (workspace_id, hash, session_id, created_at, expires_at) VALUES ($1, decode($2, 'hex'), $3, $4, $5)`,
      [this.context.workspaceId(), hash, id, createdAt, expiresAt],
    );
  }
}

const toSession = (row: SessionRow): Session =>
  Session.restore({
    id: row.id,
    userId: row.user_id,
    userAgent: row.user_agent,
    ip: row.ip,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedReason: row.revoked_reason,
  });

const toToken = (row: TokenRow): RefreshToken => ({
  hash: row.hash,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  usedAt: row.used_at,
  replacedBy: row.replaced_by,
});
