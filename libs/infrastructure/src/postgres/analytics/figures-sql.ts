import { prepared } from '../shared/statement-batch.js';

// Whoever counts holds the lock together with others, whoever adds up holds it alone.
const LOCK_KEY = `hashtextextended('sdelka-figures ' || $1::text, 0)`;
export const LOCK_WITH_OTHERS = prepared(`SELECT pg_advisory_xact_lock_shared(${LOCK_KEY})`);
export const LOCK_ALONE = `SELECT pg_advisory_xact_lock(${LOCK_KEY})`;

/**
 * Two at once who tell of one subject come one after the other: who finds its row holds it, though nothing is changed yet.
 * Tells whether there is an edition to count into.
 */
export const HOLD = prepared(`
  WITH held AS (
    INSERT INTO analytics_facts (workspace_id, metric, subject_id, member_id, bucket, counts, as_of)
    SELECT $1, f.metric, f.subject_id, f.member_id, date_bin('15 minutes', f.at, timestamptz 'epoch'), false, -1
    FROM unnest($2::text[], $3::uuid[], $4::text[], $5::timestamptz[]) AS f (metric, subject_id, member_id, at)
    ORDER BY f.metric, f.subject_id
    ON CONFLICT (workspace_id, metric, subject_id) DO UPDATE SET counts = analytics_facts.counts WHERE false)
  SELECT edition FROM analytics_editions WHERE workspace_id = $1`);

const ADD = `ON CONFLICT (workspace_id, edition, day, member_id) DO UPDATE
    SET new_clients = analytics_days.new_clients + excluded.new_clients, comments = analytics_days.comments + excluded.comments`;

/** Change what is known of facts, and by the difference the sums of the edition that is shown and of the one that is being made. */
export const SETTLE = prepared(`
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
    RETURNING f.metric, f.subject_id, f.member_id, f.bucket, f.counts
  ), changes AS (
    SELECT metric, subject_id, member_id, bucket, -1 AS change FROM known WHERE counts
    UNION ALL SELECT metric, subject_id, member_id, bucket, 1 FROM settled WHERE counts
  ), days AS (
    SELECT e.edition, (c.bucket AT TIME ZONE e.time_zone)::date AS day, c.member_id,
      coalesce(sum(c.change) FILTER (WHERE c.metric = 'new_clients'), 0)::int AS new_clients,
      coalesce(sum(c.change) FILTER (WHERE c.metric = 'comments'), 0)::int AS comments
    FROM analytics_editions a CROSS JOIN changes c CROSS JOIN LATERAL (VALUES
      (a.edition, a.time_zone, true),
      (a.next_edition, a.next_time_zone, (c.metric, c.subject_id) <= (a.after_metric, a.after_subject))
    ) AS e (edition, time_zone, has_come_so_far)
    WHERE a.workspace_id = $1 AND e.has_come_so_far
    GROUP BY 1, 2, 3)
  INSERT INTO analytics_days (workspace_id, edition, day, member_id, new_clients, comments)
  SELECT $1, edition, day, member_id, new_clients, comments FROM days
  WHERE new_clients <> 0 OR comments <> 0 ORDER BY edition, day, member_id
  ${ADD}`);

/** Add the facts behind the last ones to the next edition. Tells the last of them, or nothing when there were none. */
export const ADD_UP = `
  WITH made AS (
    SELECT next_edition AS edition, next_time_zone AS time_zone, after_metric, after_subject
    FROM analytics_editions WHERE workspace_id = $1 AND next_edition IS NOT NULL
  ), batch AS MATERIALIZED (
    SELECT f.metric, f.subject_id, f.member_id, f.bucket, f.counts FROM analytics_facts f
    WHERE f.workspace_id = $1
      AND (f.metric, f.subject_id) > ((SELECT after_metric FROM made), (SELECT after_subject FROM made))
    ORDER BY f.metric, f.subject_id LIMIT $2
  ), added AS (
    INSERT INTO analytics_days (workspace_id, edition, day, member_id, new_clients, comments)
    SELECT $1, m.edition, (b.bucket AT TIME ZONE m.time_zone)::date, b.member_id,
      count(*) FILTER (WHERE b.metric = 'new_clients'), count(*) FILTER (WHERE b.metric = 'comments')
    FROM batch b CROSS JOIN made m WHERE b.counts GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
    ${ADD})
  UPDATE analytics_editions e SET after_metric = l.metric, after_subject = l.subject_id
  FROM (SELECT metric, subject_id FROM batch ORDER BY metric DESC, subject_id DESC LIMIT 1) l
  WHERE e.workspace_id = $1`;

/** The next edition becomes the one that is shown. */
export const SHOW = `
  UPDATE analytics_editions SET edition = next_edition, time_zone = next_time_zone,
    next_edition = NULL, next_time_zone = NULL, after_metric = NULL, after_subject = NULL
  WHERE workspace_id = $1 AND next_edition IS NOT NULL`;

// An unknown zone fails here, and not whoever counts later.
const ZONE = `CASE WHEN now() AT TIME ZONE $2::text IS NOT NULL THEN $2::text END`;

export const BEGIN = `
  INSERT INTO analytics_editions (workspace_id, time_zone) VALUES ($1, ${ZONE}) ON CONFLICT (workspace_id) DO NOTHING`;

export const START_NEXT = `
  UPDATE analytics_editions SET next_edition = edition + 1, next_time_zone = ${ZONE}, after_metric = '',
    after_subject = '00000000-0000-0000-0000-000000000000'
  WHERE workspace_id = $1`;

/** Days of editions that are not shown. */
export const FORGET = `
  DELETE FROM analytics_days d USING analytics_editions e
  WHERE d.workspace_id = $1 AND e.workspace_id = $1 AND d.edition <> e.edition`;

/** Days, members and the whole, in one answer; the whole is there even when nothing else is. */
export const SUMS = prepared(`
  SELECT to_char(day, 'YYYY-MM-DD') AS day, member_id AS "memberId",
    coalesce(sum(new_clients), 0)::int AS "newClients", coalesce(sum(comments), 0)::int AS comments,
    (SELECT time_zone FROM analytics_editions WHERE workspace_id = $1) AS "timeZone"
  FROM analytics_days
  WHERE workspace_id = $1 AND edition = (SELECT edition FROM analytics_editions WHERE workspace_id = $1)
    AND day BETWEEN $2::date AND $3::date
  GROUP BY GROUPING SETS ((day), (member_id), ())
  HAVING grouping(day, member_id) = 3 OR sum(new_clients) <> 0 OR sum(comments) <> 0`);
