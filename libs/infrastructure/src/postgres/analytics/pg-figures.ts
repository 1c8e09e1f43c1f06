import { Injectable } from '@nestjs/common';
import type { Fact } from '#domain/analytics/fact.js';
import type { Period } from '#domain/analytics/period.js';
import type { Figures } from '#application/analytics/ports/figures.js';
import type { FigureRowView } from '#application/analytics/queries/get-summary/summary.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';

// Whoever counts holds the lock together with others, whoever adds up holds it alone.
const LOCK_KEY = `hashtextextended('sdelka-figures ' || $1::text, 0)`;

// Two at once who tell of one subject come one after the other: who finds its row holds it, though nothing is changed yet.
const HOLD = {
  name: 'analytics.hold',
  text: `
    INSERT INTO analytics_facts (workspace_id, metric, subject_id, member_id, bucket, counts, as_of)
    SELECT $1, f.metric, f.subject_id, f.member_id, date_bin('15 minutes', f.at, timestamptz 'epoch'), false, -1
    FROM unnest($2::text[], $3::uuid[], $4::text[], $5::timestamptz[]) AS f (metric, subject_id, member_id, at)
    ORDER BY f.metric, f.subject_id
    ON CONFLICT (workspace_id, metric, subject_id) DO UPDATE SET counts = analytics_facts.counts WHERE false`,
};

const SETTLE = {
  name: 'analytics.settle',
  text: `
    WITH told AS (
      SELECT f.metric, f.subject_id, f.member_id, date_bin('15 minutes', f.at, timestamptz 'epoch') AS bucket, f.counts, f.as_of
      FROM unnest($2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::boolean[], $7::integer[])
        AS f (metric, subject_id, member_id, at, counts, as_of)
    ), known AS (
      SELECT k.metric, k.subject_id, k.member_id, k.bucket, k.counts
      FROM told t JOIN analytics_facts k
        ON k.workspace_id = $1 AND k.metric = t.metric AND k.subject_id = t.subject_id AND k.as_of <= t.as_of
    ), settled AS (
      UPDATE analytics_facts f SET member_id = t.member_id, bucket = t.bucket, counts = t.counts, as_of = t.as_of
      FROM told t
      WHERE f.workspace_id = $1 AND f.metric = t.metric AND f.subject_id = t.subject_id AND f.as_of <= t.as_of
      RETURNING f.metric, f.member_id, f.bucket, f.counts
    ), changes AS (
      SELECT bucket, metric, member_id, -1 AS change FROM known WHERE counts
      UNION ALL SELECT bucket, metric, member_id, 1 FROM settled WHERE counts)
    INSERT INTO analytics_buckets (workspace_id, bucket, metric, member_id, count)
    SELECT $1, bucket, metric, member_id, sum(change)::int FROM changes GROUP BY bucket, metric, member_id
    HAVING sum(change) <> 0 ORDER BY bucket, metric, member_id
    ON CONFLICT (workspace_id, bucket, metric, member_id) DO UPDATE SET count = analytics_buckets.count + excluded.count`,
};

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

  async settle(facts: readonly Fact[]): Promise<void> {
    await this.lock('pg_advisory_xact_lock_shared');
    const subjects = [
      this.context.workspaceId(),
      facts.map(({ metric }) => metric),
      facts.map(({ subjectId }) => subjectId),
      facts.map(({ memberId }) => memberId),
      facts.map(({ at }) => at),
    ];
    await currentSession().affected(HOLD, subjects);
    await currentSession().affected(SETTLE, [
      ...subjects,
      facts.map(({ counts }) => counts),
      facts.map(({ asOf }) => asOf),
    ]);
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
