import { Injectable } from '@nestjs/common';
import type { Fact } from '#domain/analytics/fact.js';
import type { Period } from '#domain/analytics/period.js';
import type { Figures } from '#application/analytics/ports/figures.js';
import type { FigureRowView } from '#application/analytics/queries/get-summary/summary.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

// Whoever counts holds the lock together with others, whoever adds up holds it alone.
const LOCK_KEY = `hashtextextended('sdelka-figures ' || $1::text, 0)`;
const BUCKET = `date_bin('15 minutes', $2::timestamptz, timestamptz 'epoch')`;

const COUNT = {
  name: 'analytics.count',
  text: `
    WITH told AS (
      INSERT INTO analytics_facts (workspace_id, metric, subject_id, member_id, bucket, counts)
      SELECT $1, f.metric, f.subject_id, f.member_id, date_bin('15 minutes', f.at, timestamptz 'epoch'), true
      FROM unnest($2::text[], $3::uuid[], $4::text[], $5::timestamptz[]) AS f (metric, subject_id, member_id, at)
      ON CONFLICT DO NOTHING RETURNING bucket, metric, member_id)
    INSERT INTO analytics_buckets (workspace_id, bucket, metric, member_id, count)
    SELECT $1, bucket, metric, member_id, count(*)::int FROM told GROUP BY bucket, metric, member_id
    ORDER BY bucket, metric, member_id
    ON CONFLICT (workspace_id, bucket, metric, member_id) DO UPDATE SET count = analytics_buckets.count + excluded.count`,
};

// A row that is inserted here was never counted; one that is changed was.
const TAKE_BACK = `
  WITH taken AS (
    INSERT INTO analytics_facts (workspace_id, bucket, metric, subject_id, member_id, counts)
    VALUES ($1, ${BUCKET}, $3, $4, $5, false)
    ON CONFLICT (workspace_id, metric, subject_id) DO UPDATE SET counts = false WHERE analytics_facts.counts
    RETURNING bucket, metric, member_id, xmax <> 0 AS was_counted)
  UPDATE analytics_buckets b SET count = b.count - 1 FROM taken t
  WHERE t.was_counted AND b.workspace_id = $1 AND b.bucket = t.bucket AND b.metric = t.metric AND b.member_id = t.member_id`;

const SUMS = `
  SELECT to_char(bucket AT TIME ZONE $4, 'YYYY-MM-DD') AS day, member_id AS "memberId",
    coalesce(sum(count) FILTER (WHERE metric = 'new_clients'), 0)::int AS "newClients",
    coalesce(sum(count) FILTER (WHERE metric = 'comments'), 0)::int AS comments
  FROM analytics_buckets
  WHERE workspace_id = $1 AND bucket >= $2::date::timestamp AT TIME ZONE $4
    AND bucket < ($3::date + 1)::timestamp AT TIME ZONE $4
  GROUP BY 1, 2 HAVING sum(count) > 0`;

/** Figures as rows: facts, and their sums by quarter of an hour. */
@Injectable()
export class PgFigures implements Figures {
  constructor(private readonly context: CurrentContext) {}

  async count(facts: readonly Fact[]): Promise<void> {
    await this.lock('pg_advisory_xact_lock_shared');
    await currentSession().affected(COUNT, [
      this.context.workspaceId(),
      facts.map(({ metric }) => metric),
      facts.map(({ subjectId }) => subjectId),
      facts.map(({ memberId }) => memberId),
      facts.map(({ at }) => at),
    ]);
  }

  async takeBack({ metric, subjectId, memberId, at }: Fact): Promise<void> {
    await this.lock('pg_advisory_xact_lock_shared');
    await currentSession().affected(TAKE_BACK, [this.context.workspaceId(), at, metric, subjectId, memberId]);
  }

  async addUp(): Promise<void> {
    await this.lock('pg_advisory_xact_lock');
    const workspaceId = this.context.workspaceId();
    await currentSession().affected('DELETE FROM analytics_buckets WHERE workspace_id = $1', [workspaceId]);
    await currentSession().affected(
      `INSERT INTO analytics_buckets (workspace_id, bucket, metric, member_id, count)
       SELECT workspace_id, bucket, metric, member_id, count(*)::int FROM analytics_facts
       WHERE workspace_id = $1 AND counts GROUP BY workspace_id, bucket, metric, member_id`,
      [workspaceId],
    );
  }

  sums({ from, to }: Period, timeZone: string): Promise<readonly FigureRowView[]> {
    return currentSession().rows<FigureRowView>(SUMS, [this.context.workspaceId(), from, to, timeZone]);
  }

  private async lock(how: 'pg_advisory_xact_lock' | 'pg_advisory_xact_lock_shared'): Promise<void> {
    await currentSession().rows(`SELECT ${how}(${LOCK_KEY})`, [this.context.workspaceId()]);
  }
}
