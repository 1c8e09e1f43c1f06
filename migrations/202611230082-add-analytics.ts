import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- What is counted, one row a fact, so that an event that is told twice counts once. A fact that was taken back stays as a
-- row that does not count: the news of it may come before the news of the fact.
CREATE TABLE analytics_facts (
  workspace_id uuid NOT NULL,
  metric text NOT NULL CHECK (metric IN ('new_clients', 'comments')),
  subject_id uuid NOT NULL,
  member_id text NOT NULL,
  bucket timestamptz NOT NULL,
  counts boolean NOT NULL,
  PRIMARY KEY (workspace_id, metric, subject_id)
);
SELECT sdelka_tenant_table('analytics_facts');

-- Sums by quarter of an hour, the finest step in which time zones differ: days of any zone are sums of these.
CREATE TABLE analytics_buckets (
  workspace_id uuid NOT NULL,
  bucket timestamptz NOT NULL,
  metric text NOT NULL,
  -- '' stands for whatever is no member of the workspace.
  member_id text NOT NULL,
  count integer NOT NULL,
  PRIMARY KEY (workspace_id, bucket, metric, member_id)
);
SELECT sdelka_tenant_table('analytics_buckets');
`;

/** Figures of a workspace, kept up to date by events. */
export class AddAnalytics202611230082 implements MigrationInterface {
  name = 'AddAnalytics0202611230082';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
