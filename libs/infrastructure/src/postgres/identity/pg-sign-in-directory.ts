import { Injectable } from '@nestjs/common';
import { emailKey } from '#domain/identity/email-key.js';
import type { PasswordOwner } from '#domain/identity/password-rules.js';
import type { Role } from '#domain/identity/permissions.js';
import type { SessionId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { Member } from '#application/identity/ports/members.js';
import type { SignInAccount, SignInDirectory } from '#application/identity/ports/sign-in-directory.js';
import { SystemSql } from '../shared/system-sql.js';

interface AccountRow {
  readonly id: UserId;
  readonly email: string;
  readonly password_hash: string;
  readonly version: number;
  readonly is_active: boolean;
  readonly has_factor: boolean;
  readonly workspace_id: WorkspaceId | null;
  readonly role: Role | null;
}

/** Sign-in's look-ups, as the system: no workspace is known yet. */
@Injectable()
export class PgSignInDirectory implements SignInDirectory {
  constructor(private readonly sql: SystemSql) {}

  findByEmail(email: string): Promise<SignInAccount | null> {
    return this.find('u.email_key = $1', emailKey(email));
  }

  findById(userId: UserId): Promise<SignInAccount | null> {
    return this.find('u.id = $1', userId);
  }

  private async find(condition: string, value: string): Promise<SignInAccount | null> {
    const [row] = await this.sql.rows<AccountRow>(
      `SELECT u.id, u.email, u.password_hash, u.version, u.is_active AND m.blocked_at IS NULL AS is_active, m.workspace_id, m.role,
         EXISTS (SELECT FROM second_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_factor
       FROM users u LEFT JOIN memberships m ON m.user_id = u.id
       WHERE ${condition}
       ORDER BY m.blocked_at IS NOT NULL, m.last_used_at DESC NULLS LAST, m.created_at, m.workspace_id LIMIT 1`,
      [value],
    );
    return row ? toAccount(row) : null;
  }

  async ownerOf(userId: UserId): Promise<PasswordOwner | null> {
    const [row] = await this.sql.rows<PasswordOwner>(
      `SELECT u.email, u.name, ARRAY(SELECT w.name FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
                                     WHERE m.user_id = u.id) AS companies
       FROM users u WHERE u.id = $1`,
      [userId],
    );
    return row ?? null;
  }

  async countWorkspacesOf(userId: UserId): Promise<number> {
    const [row] = await this.sql.rows<{ n: number }>(`SELECT count(*)::int AS n FROM memberships WHERE user_id = $1`, [
      userId,
    ]);
    return row?.n ?? 0;
  }

  async findMember(workspaceId: WorkspaceId, email: string): Promise<Member | null> {
    const [row] = await this.sql.rows<Member>(
      `SELECT u.id AS "userId", u.email, u.name, m.role, u.is_active AND m.blocked_at IS NULL AS "isActive"
       FROM users u JOIN memberships m ON m.user_id = u.id
       WHERE u.email_key = $1 AND m.workspace_id = $2`,
      [emailKey(email), workspaceId],
    );
    return row ?? null;
  }

  async locateToken(hash: string): Promise<{ workspaceId: WorkspaceId; sessionId: SessionId } | null> {
    const [row] = await this.sql.rows<{ workspace_id: WorkspaceId; session_id: SessionId }>(
      `SELECT workspace_id, session_id FROM refresh_tokens WHERE hash = decode($1, 'hex')`,
      [hash],
    );
    return row ? { workspaceId: row.workspace_id, sessionId: row.session_id } : null;
  }
}

const toAccount = ({
  id,
  email,
  password_hash,
  version,
  is_active,
  has_factor,
  workspace_id,
  role,
}: AccountRow): SignInAccount => ({
  userId: id,
  email,
  passwordHash: password_hash,
  passwordVersion: version,
  isActive: is_active,
  hasSecondFactor: has_factor,
  membership: workspace_id && role ? { workspaceId: workspace_id, role } : null,
});
