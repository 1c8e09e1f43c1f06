import { Injectable } from '@nestjs/common';
import type { OutboxFeed, OutboxRow } from '#application/shared/ports/outbox-feed.js';
import { SystemSql } from './system-sql.js';

const PRUNE_SLICE = 5_000;

/** Reads the outbox across workspaces, as the system role. */
@Injectable()
export class PgOutboxFeed implements OutboxFeed {
  constructor(private readonly sql: SystemSql) {}

  pump(
    limit: number,
    jobNames: readonly string[],
    hand: (rows: readonly OutboxRow[]) => Promise<readonly string[]>,
  ): Promise<number> {
    return this.sql.transact(async (sql) => {
      // A delayed job is handed over at once with its delay: the queue keeps better time than a poll.
      // The clock, not now(): rows may be younger than this transaction.
      // `outbox.id`: plain `id` would be the text of the list above, and order 10 before 9.
      const rows = await sql.rows<OutboxRow>(
        `SELECT id::text AS id, workspace_id AS "workspaceId", kind, name, payload, correlation_id AS "correlationId",
           (extract(epoch FROM created_at) * 1000000)::bigint::text AS "storedAtMicros",
           greatest(0, extract(epoch FROM available_at - clock_timestamp()) * 1000)::float8 AS "delayMs"
         FROM outbox WHERE handed_at IS NULL AND (kind = 'event' OR name = ANY($2::text[]))
         ORDER BY outbox.id LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [limit, jobNames],
      );
      if (rows.length === 0) return 0;
      const handed = new Set(await hand(rows));
      const done = rows.filter(({ id }) => handed.has(id));
      await sql.affected(
        `UPDATE outbox SET handed_at = now() FROM unnest($1::uuid[], $2::bigint[]) AS h (workspace_id, id)
         WHERE outbox.workspace_id = h.workspace_id AND outbox.id = h.id`,
        [done.map(({ workspaceId }) => workspaceId), done.map(({ id }) => id)],
      );
      return done.length;
    });
  }

  async prune(olderThanHours: number): Promise<void> {
    await this.deleteOld('outbox', 'handed_at', olderThanHours);
    await this.deleteOld('idempotency_keys', 'created_at', olderThanHours);
  }

  async ensurePartitions(): Promise<void> {
    await this.sql.rows('SELECT sdelka_ensure_partitions()');
  }

  /** In slices, so that a backlog of any size is worked off within the statement time-out. */
  private async deleteOld(table: 'outbox' | 'idempotency_keys', column: string, hours: number): Promise<void> {
    for (;;) {
      const deleted = await this.sql.transact((sql) =>
        sql.affected(
          `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
             SELECT ctid FROM ${table} WHERE ${column} < now() - $1 * interval '1 hour' LIMIT ${PRUNE_SLICE}))`,
          [hours],
        ),
      );
      if (deleted < PRUNE_SLICE) return;
    }
  }

  async backlog(): Promise<number> {
    const [row] = await this.sql.rows<{ waiting: number }>(
      'SELECT count(*)::int AS waiting FROM outbox WHERE handed_at IS NULL',
    );
    return row?.waiting ?? 0;
  }
}
