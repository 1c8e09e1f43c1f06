import { Injectable } from '@nestjs/common';
import type { DueMember, NotificationCare } from '#application/notifications/ports/notification-care.js';
import { SystemSql } from '../shared/system-sql.js';

/** Notifications of all workspaces, as the system. */
@Injectable()
export class PgNotificationCare implements NotificationCare {
  constructor(private readonly sql: SystemSql) {}

  findDue(at: Date, limit: number): Promise<readonly DueMember[]> {
    return this.sql.rows<DueMember>(
      `SELECT workspace_id AS "workspaceId", member_id AS "memberId" FROM member_notifications
       WHERE mail_due_at <= $1 GROUP BY workspace_id, member_id ORDER BY min(mail_due_at) LIMIT $2`,
      [at, limit],
    );
  }

  forget(madeBefore: Date): Promise<number> {
    return this.sql.transact((sql) =>
      sql.affected('DELETE FROM member_notifications WHERE created_at < $1', [madeBefore]),
    );
  }
}
