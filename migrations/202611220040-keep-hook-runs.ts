import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- What the last reading of the body found: a summary, without names and values of the body. Null until it was read.
ALTER TABLE hook_inbox ADD COLUMN reading jsonb;
CREATE INDEX hook_inbox_tokens ON hook_inbox (workspace_id, token_id, id);
-- Hooks get their outcome after they were stored: the intake does not pay for this one.
CREATE INDEX hook_inbox_outcomes ON hook_inbox (workspace_id, outcome, id) WHERE outcome IS NOT NULL;

-- What a hook is about, to find it by. A table, not a list in the row: row-level security keeps an index on a list
-- from being used, for the list's operators might tell what they see.
CREATE TABLE hook_entities (
  workspace_id uuid NOT NULL,
  entity text NOT NULL,
  entity_id bigint NOT NULL,
  hook_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, entity, entity_id, hook_id, received_at)
) PARTITION BY RANGE (received_at);
CREATE TABLE hook_entities_default PARTITION OF hook_entities DEFAULT;
SELECT sdelka_tenant_table('hook_entities');

-- How each run of a hook ended and what it started.
CREATE TABLE hook_runs (
  workspace_id uuid NOT NULL,
  hook_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  run integer NOT NULL CHECK (run >= 1),
  ended_at timestamptz(3) NOT NULL,
  state text NOT NULL CHECK (state IN ('dispatched', 'ignored', 'failed')),
  outcome text NOT NULL,
  operation_ids uuid[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, hook_id, run, received_at)
) PARTITION BY RANGE (received_at);
CREATE TABLE hook_runs_default PARTITION OF hook_runs DEFAULT;
SELECT sdelka_tenant_table('hook_runs');

INSERT INTO partitioned_tables (table_name, retention_months) VALUES ('hook_entities', 3), ('hook_runs', 3);
SELECT sdelka_ensure_partitions();
`;

/** What hooks said, what they were about, and how each of their runs ended. */
export class KeepHookRuns202611220040 implements MigrationInterface {
  name = 'KeepHookRuns0202611220040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
