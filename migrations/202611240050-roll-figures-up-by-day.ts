import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Which sums of a workspace are shown, and in the days of which zone. Another edition is made beside it, a batch of facts at a
-- time in the order of their keys; what is counted meanwhile goes into both, into the next one as far as that has come.
CREATE TABLE analytics_editions (
  workspace_id uuid PRIMARY KEY,
  edition integer NOT NULL DEFAULT 1,
  time_zone text NOT NULL,
  next_edition integer,
  next_time_zone text,
  after_metric text,
  after_subject uuid,
  CHECK (num_nulls(next_edition, next_time_zone, after_metric, after_subject) IN (0, 4))
);

-- What is counted, by day and member: so few rows that a year of everybody is added up at once.
CREATE TABLE analytics_days (
  workspace_id uuid NOT NULL,
  edition integer NOT NULL,
  day date NOT NULL,
  -- '' stands for whatever is no member of the workspace.
  member_id text NOT NULL,
  new_clients integer NOT NULL DEFAULT 0,
  comments integer NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, edition, day, member_id)
) WITH (fillfactor = 80);

-- Facts and workspaces of everybody, before the policies of the new tables, which would refuse rows of many workspaces.
ALTER TABLE analytics_facts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE workspaces NO FORCE ROW LEVEL SECURITY;
INSERT INTO analytics_editions (workspace_id, time_zone)
SELECT id, time_zone FROM workspaces w WHERE EXISTS (SELECT FROM analytics_facts f WHERE f.workspace_id = w.id);
INSERT INTO analytics_days (workspace_id, edition, day, member_id, new_clients, comments)
SELECT f.workspace_id, e.edition, (f.bucket AT TIME ZONE e.time_zone)::date, f.member_id,
  count(*) FILTER (WHERE f.metric = 'new_clients'), count(*) FILTER (WHERE f.metric = 'comments')
FROM analytics_facts f JOIN analytics_editions e USING (workspace_id)
WHERE f.counts GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
ALTER TABLE analytics_facts FORCE ROW LEVEL SECURITY;

SELECT sdelka_tenant_table('analytics_editions');
SELECT sdelka_tenant_table('analytics_days');

-- Nothing is lost: they are sums of the facts, which keep their quarter of an hour.
DROP TABLE analytics_buckets;
`;

/** Figures by day of the workspace's time zone instead of by quarter of an hour. */
export class RollFiguresUpByDay202611240050 implements MigrationInterface {
  name = 'RollFiguresUpByDay0202611240050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
