import { Injectable } from '@nestjs/common';
import { emailKey } from '#domain/identity/email-key.js';
import type { Invitation } from '#domain/identity/invitation.js';
import type { InvitationId, UserId } from '#domain/shared/ids.js';
import type { FoundInvitation, InvitationDirectory, Invitations } from '#application/identity/ports/invitations.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

const COLUMNS = `id, email, name, role, state, encode(token_hash, 'hex') AS "tokenHash", mail_id AS "mailId",
  invited_by AS "invitedBy", expires_at AS "expiresAt", sent_at AS "sentAt"`;

@Injectable()
export class PgInvitations implements Invitations {
  constructor(private readonly context: CurrentContext) {}

  async add(invitation: Invitation, createdAt: Date): Promise<boolean> {
    const { id, email, name, role, state, tokenHash, mailId, invitedBy, expiresAt, sentAt } = invitation;
    const added = await currentSession().affected(
      `INSERT INTO invitations (workspace_id, id, email, email_key, name, role, state, token_hash, mail_id, invited_by,
         expires_at, sent_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex'), $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`,
      [
        ...[this.context.workspaceId(), id, email, emailKey(email), name, role, state, tokenHash],
        ...[mailId, invitedBy, expiresAt, sentAt, createdAt],
      ],
    );
    if (added === 0) return false;
    await this.addToken(id, tokenHash);
    return true;
  }

  lock(id: InvitationId): Promise<Invitation | null> {
    return this.read('id = $2', id);
  }

  findOpen(email: string): Promise<Invitation | null> {
    return this.read(`email_key = $2 AND state = 'open'`, emailKey(email));
  }

  async lastSentTo(email: string): Promise<Date | null> {
    const row = await currentSession().first<{ at: Date | null }>(
      `SELECT max(sent_at) AS at FROM invitations WHERE workspace_id = $1 AND email_key = $2`,
      [this.context.workspaceId(), emailKey(email)],
    );
    return row?.at ?? null;
  }

  openOf(userId: UserId): Promise<readonly Invitation[]> {
    return currentSession().rows<Invitation>(
      `SELECT ${COLUMNS} FROM invitations WHERE workspace_id = $1 AND invited_by = $2 AND state = 'open' ORDER BY id FOR UPDATE`,
      [this.context.workspaceId(), userId],
    );
  }

  async renew({ id, tokenHash, mailId, expiresAt, sentAt }: Invitation): Promise<void> {
    await currentSession().affected(
      `UPDATE invitations SET token_hash = decode($3, 'hex'), mail_id = $4, expires_at = $5, sent_at = $6
       WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id, tokenHash, mailId, expiresAt, sentAt],
    );
    await this.addToken(id, tokenHash);
  }

  async end(
    id: InvitationId,
    state: 'accepted' | 'withdrawn' | 'expired',
    at: Date,
    acceptedBy?: UserId,
  ): Promise<void> {
    await currentSession().affected(
      `UPDATE invitations SET state = $3, ended_at = $4, accepted_by = $5 WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id, state, at, acceptedBy ?? null],
    );
  }

  private async addToken(id: InvitationId, hash: string): Promise<void> {
    await currentSession().affected(
      `INSERT INTO invitation_tokens (workspace_id, hash, invitation_id) VALUES ($1, decode($2, 'hex'), $3)`,
      [this.context.workspaceId(), hash, id],
    );
  }

  private async read(condition: string, value: string): Promise<Invitation | null> {
    const row = await currentSession().first<Invitation>(
      `SELECT ${COLUMNS} FROM invitations WHERE workspace_id = $1 AND ${condition} FOR UPDATE`,
      [this.context.workspaceId(), value],
    );
    return row ?? null;
  }
}

/** Invitations by token, as the system: their holders have no workspace yet. */
@Injectable()
export class PgInvitationDirectory implements InvitationDirectory {
  constructor(private readonly sql: SystemSql) {}

  async findByToken(hash: string): Promise<FoundInvitation | null> {
    const [row] = await this.sql.rows<FoundInvitation>(
      `SELECT i.id, i.email, i.name, i.role, i.state, encode(i.token_hash, 'hex') AS "tokenHash",
         i.expires_at AS "expiresAt", i.workspace_id AS "workspaceId", w.name AS "workspaceName",
         (SELECT u.name FROM users u JOIN memberships m ON m.user_id = u.id AND m.workspace_id = i.workspace_id
          WHERE u.id = i.invited_by) AS "inviterName",
         EXISTS (SELECT FROM users u WHERE u.email_key = i.email_key) AS "hasAccount"
       FROM invitation_tokens t
       JOIN invitations i ON i.workspace_id = t.workspace_id AND i.id = t.invitation_id
       JOIN workspaces w ON w.id = i.workspace_id
       WHERE t.hash = decode($1, 'hex')`,
      [hash],
    );
    return row ?? null;
  }
}
