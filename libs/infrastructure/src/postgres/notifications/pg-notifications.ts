import { Injectable } from '@nestjs/common';
import type { NewNotification, Notification, Notifications } from '#application/notifications/ports/notifications.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import { pageOf, startOf } from '../crm/id-pages.js';
import { currentSession } from '../shared/session.js';

const COLUMNS = `id, kind, entry_id AS "entryId", client_id AS "clientId", created_at AS "createdAt", read_at AS "readAt"`;

@Injectable()
export class PgNotifications implements Notifications {
  constructor(private readonly context: CurrentContext) {}

  async add(notification: NewNotification): Promise<void> {
    const { id, memberId, kind, entryId, clientId, createdAt, mailDueAt } = notification;
    await currentSession().affected(
      `INSERT INTO member_notifications (workspace_id, member_id, id, kind, entry_id, client_id, created_at, mail_due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (workspace_id, member_id, kind, entry_id) DO NOTHING`,
      [this.context.workspaceId(), memberId, id, kind, entryId, clientId, createdAt, mailDueAt],
    );
  }

  async list(memberId: string, onlyUnread: boolean, { limit, cursor }: PageRequest): Promise<Page<Notification>> {
    const rows = await currentSession().rows<Notification>(
      `SELECT ${COLUMNS} FROM member_notifications
       WHERE workspace_id = $1 AND member_id = $2 AND ($3::uuid IS NULL OR id < $3) ${onlyUnread ? 'AND read_at IS NULL' : ''}
       ORDER BY id DESC LIMIT $4`,
      [this.context.workspaceId(), memberId, startOf(cursor), limit + 1],
    );
    return pageOf(rows, limit);
  }

  async countUnread(memberId: string): Promise<number> {
    const row = await currentSession().first<{ count: number }>(
      `SELECT count(*)::int AS count FROM member_notifications
       WHERE workspace_id = $1 AND member_id = $2 AND read_at IS NULL`,
      [this.context.workspaceId(), memberId],
    );
    return row?.count ?? 0;
  }

  async read(memberId: string, id: string, at: Date): Promise<boolean> {
    const found = await currentSession().affected(
      `UPDATE member_notifications SET read_at = coalesce(read_at, $4)
       WHERE workspace_id = $1 AND member_id = $2 AND id = $3`,
      [this.context.workspaceId(), memberId, id, at],
    );
    return found === 1;
  }

  async readAll(memberId: string, at: Date): Promise<void> {
    await currentSession().affected(
      `UPDATE member_notifications SET read_at = $3 WHERE workspace_id = $1 AND member_id = $2 AND read_at IS NULL`,
      [this.context.workspaceId(), memberId, at],
    );
  }

  // Of two workers at once one gets the rows: the other waits for them, and then none is due any more.
  async takeDue(memberId: string, at: Date): Promise<readonly Notification[]> {
    const rows = await currentSession().rows<Notification>(
      `UPDATE member_notifications SET mail_due_at = NULL
       WHERE workspace_id = $1 AND member_id = $2 AND mail_due_at IS NOT NULL AND EXISTS (
         SELECT FROM member_notifications d WHERE d.workspace_id = $1 AND d.member_id = $2 AND d.mail_due_at <= $3)
       RETURNING ${COLUMNS}`,
      [this.context.workspaceId(), memberId, at],
    );
    return [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async wantsMentionsByMail(memberId: string): Promise<boolean> {
    const row = await currentSession().first<{ wanted: boolean }>(
      `SELECT mentions_by_mail AS wanted FROM notification_settings WHERE workspace_id = $1 AND member_id = $2`,
      [this.context.workspaceId(), memberId],
    );
    return row?.wanted ?? true;
  }

  async setMentionsByMail(memberId: string, wanted: boolean, at: Date): Promise<void> {
    await currentSession().affected(
      `INSERT INTO notification_settings (workspace_id, member_id, mentions_by_mail, updated_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (workspace_id, member_id) DO UPDATE SET mentions_by_mail = $3, updated_at = $4`,
      [this.context.workspaceId(), memberId, wanted, at],
    );
  }
}
