import { Injectable } from '@nestjs/common';
import type {
  AddedMail,
  MailFailure,
  MailState,
  OutgoingMail,
  OutgoingMails,
} from '#application/mail/ports/outgoing-mails.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

interface MailRow {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly state: MailState;
  readonly sealed: string | null;
  readonly expires_at: Date;
  readonly run: number;
  readonly attempts: number;
  readonly next_try_at: Date | null;
  readonly updated_at: Date;
}

const SELECT = `SELECT id, kind, recipient, state, sealed, expires_at, run, attempts,
  next_try_at, updated_at FROM outgoing_mails WHERE workspace_id = $1 AND id = $2`;

@Injectable()
export class PgOutgoingMails implements OutgoingMails {
  constructor(private readonly context: CurrentContext) {}

  async add({ id, kind, recipient, state, sealed, expiresAt, run }: AddedMail, at: Date): Promise<void> {
    await currentSession().affected(
      `INSERT INTO outgoing_mails (workspace_id, id, kind, recipient, state, sealed, expires_at, run, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
      [this.context.workspaceId(), id, kind, recipient, state, sealed, expiresAt, run, at],
    );
  }

  find(id: string): Promise<OutgoingMail | null> {
    return this.read(id, SELECT);
  }

  lock(id: string): Promise<OutgoingMail | null> {
    return this.read(id, `${SELECT} FOR UPDATE`);
  }

  async recordFailure(id: string, run: number, { code, nextTryAt }: MailFailure, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE outgoing_mails SET attempts = attempts + 1, last_error = $4, next_try_at = $5, updated_at = $6
       WHERE workspace_id = $1 AND id = $2 AND run = $3 AND state = 'queued'`,
      [this.context.workspaceId(), id, run, code, nextTryAt, at],
    );
  }

  async markSent(id: string, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE outgoing_mails SET state = 'sent', sealed = NULL, attempts = attempts + 1, last_error = NULL,
         next_try_at = NULL, sent_at = $3, updated_at = $3
       WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id, at],
    );
  }

  async bury(id: string, code: string, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE outgoing_mails SET state = 'dead', last_error = $3, next_try_at = NULL, updated_at = $4
       WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id, code, at],
    );
  }

  async queueAnew(id: string, at: Date): Promise<number> {
    const row = await currentSession().first<{ run: number }>(
      `UPDATE outgoing_mails SET state = 'queued', run = run + 1, attempts = 0, next_try_at = NULL, updated_at = $3
       WHERE workspace_id = $1 AND id = $2 RETURNING run`,
      [this.context.workspaceId(), id, at],
    );
    if (!row) throw new Error('A mail that was locked is gone');
    return row.run;
  }

  async cancel(id: string, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE outgoing_mails SET state = 'cancelled', sealed = NULL, next_try_at = NULL, updated_at = $3
       WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id, at],
    );
  }

  private async read(id: string, sql: string): Promise<OutgoingMail | null> {
    const row = await currentSession().first<MailRow>(sql, [this.context.workspaceId(), id]);
    if (!row) return null;
    const { expires_at: expiresAt, next_try_at: nextTryAt, updated_at: updatedAt, ...mail } = row;
    return { ...mail, expiresAt, nextTryAt, updatedAt };
  }
}
