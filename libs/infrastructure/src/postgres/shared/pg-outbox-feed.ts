import { Injectable } from '@nestjs/common';
import type { OutboxFeed, OutboxRow } from '#application/shared/ports/outbox-feed.js';
import { SystemSql } from './system-sql.js';

/** Reads the outbox across workspaces, as the system role. */
@Injectable()
export class PgOutboxFeed implements OutboxFeed {
  constructor(private readonly sql: SystemSql) {}

  pump(limit: number, hand: (rows: readonly OutboxRow[]) => Promise<void>): Promise<number> {
    return this.sql.transact(async (sql) => {
      // A delayed job is handed over at once with its delay: the queue keeps better time than a poll.
      // `outbox.id`: plain `id` would be the text of the list above, and order 10 before 9.
      const rows = await sql.rows<OutboxRow>(
        `SELECT id::text AS id, workspace_id AS "workspaceId", kind, name, payload, correlation_id AS "correlationId",
           greatest(0, extract(epoch FROM available_at - now()) * 1000)::float8 AS "delayMs"
         FROM outbox WHERE handed_at IS NULL ORDER BY outbox.id LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [limit],
      );
      if (rows.length === 0) return 0;
      await hand(rows);
      await sql.affected(
        `UPDATE outbox SET handed_at = now() FROM unnest($1::uuid[], $2::bigint[]) AS h (workspace_id, id)
         WHERE outbox.workspace_id = h.workspace_id AND outbox.id = h.id`,
        [rows.map(({ workspaceId }) => workspaceId), rows.map(({ id }) => id)],
      );
      return rows.length;
    });
  }

  async prune(olderThanHours: number): Promise<void> {
    await this.sql.transact(async (sql) => {
      await sql.affected(`DELETE FROM outbox WHERE handed_at < now() - $1 * interval '1 hour'`, [olderThanHours]);
      await sql.affected(`DELETE FROM idempotency_keys WHERE created_at < now() - $1 * interval '1 hour'`, [
        olderThanHours,
      ]);
      await sql.rows('SELECT sdelka_ensure_partitions()');
    });
  }

  async backlog(): Promise<number> {
    const [row] = await this.sql.rows<{ waiting: number }>(
      'SELECT count(*)::int AS waiting FROM outbox WHERE handed_at IS NULL',
    );
    return row?.waiting ?? 0;
  }
}
