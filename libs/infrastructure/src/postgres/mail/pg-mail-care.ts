import { Injectable } from '@nestjs/common';
import type { LostMail, MailCare } from '#application/mail/ports/mail-care.js';
import type { MailState } from '#application/mail/ports/outgoing-mails.js';
import { SystemSql } from '../shared/system-sql.js';

/** Mails of all workspaces, as the system. */
@Injectable()
export class PgMailCare implements MailCare {
  constructor(private readonly sql: SystemSql) {}

  findLost(before: Date, limit: number): Promise<readonly LostMail[]> {
    return this.sql.rows<LostMail>(
      `SELECT workspace_id AS "workspaceId", id FROM outgoing_mails
       WHERE state = 'queued' AND updated_at < $1 AND coalesce(next_try_at, updated_at) < $1
       ORDER BY updated_at LIMIT $2`,
      [before, limit],
    );
  }

  forget(at: Date, madeBefore: Date): Promise<number> {
    return this.sql.transact(async (sql) => {
      await sql.affected(
        `UPDATE outgoing_mails SET sealed = NULL WHERE state = 'dead' AND sealed IS NOT NULL AND expires_at <= $1`,
        [at],
      );
      return sql.affected(`DELETE FROM outgoing_mails WHERE created_at < $1`, [madeBefore]);
    });
  }

  /** Each by its own index; a figure that falls to 0 must be seen to fall. */
  async count(): Promise<ReadonlyMap<MailState, number>> {
    const rows = await this.sql.rows<{ state: MailState; count: number }>(
      `SELECT 'queued' AS state, count(*)::int AS count FROM outgoing_mails WHERE state = 'queued'
       UNION ALL SELECT 'dead', count(*)::int FROM outgoing_mails WHERE state = 'dead'`,
    );
    return new Map(rows.map(({ state, count }) => [state, count]));
  }
}
