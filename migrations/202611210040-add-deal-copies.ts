import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE copy_operations (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'partially_succeeded', 'failed', 'cancelled')),
  origin text NOT NULL CHECK (origin IN ('request', 'hook')),
  lane text NOT NULL CHECK (lane IN ('person', 'trigger', 'bulk')),
  options jsonb NOT NULL,
  fingerprint text NOT NULL,
  requested_by uuid,
  requester_amo_user_id bigint,
  hook_token_id uuid,
  turn_base bigint NOT NULL,
  total integer NOT NULL CHECK (total BETWEEN 1 AND 10000),
  done integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  cancelled integer NOT NULL DEFAULT 0,
  cancel_requested_at timestamptz,
  created_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX copy_operations_newest ON copy_operations (workspace_id, created_at DESC, id DESC);
CREATE INDEX copy_operations_twins ON copy_operations (workspace_id, fingerprint, created_at DESC);

CREATE TABLE copy_items (
  workspace_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  seq integer NOT NULL,
  id uuid NOT NULL,
  source_deal_id bigint NOT NULL,
  target_deal_id bigint,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'done', 'failed', 'cancelled')),
  step text NOT NULL DEFAULT 'new'
    CHECK (step IN ('new', 'creating', 'created', 'linking', 'linked', 'tasking', 'tasked', 'noting', 'noted')),
  -- When the last write was intended, by our clock and by amoCRM's.
  intended_at timestamptz,
  intended_at_amo timestamptz,
  -- The field that the copy's marker was written to.
  marker_field_id bigint,
  remarks jsonb NOT NULL DEFAULT '[]',
  error jsonb,
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, operation_id, seq),
  FOREIGN KEY (workspace_id, operation_id) REFERENCES copy_operations (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX copy_items_id ON copy_items (workspace_id, id);
CREATE INDEX copy_items_source ON copy_items (workspace_id, source_deal_id);
CREATE INDEX copy_items_target ON copy_items (workspace_id, target_deal_id) WHERE target_deal_id IS NOT NULL;

CREATE TABLE copy_chunks (
  workspace_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  chunk integer NOT NULL,
  -- Counts the times the chunk was queued anew; a job of an older run does nothing.
  run integer NOT NULL DEFAULT 1,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'queued', 'done')),
  lease_id uuid,
  lease_until timestamptz,
  -- Deals of one write; halved when amoCRM could not finish in time.
  batch_limit integer NOT NULL DEFAULT 50 CHECK (batch_limit BETWEEN 1 AND 50),
  touched_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, operation_id, chunk),
  FOREIGN KEY (workspace_id, operation_id) REFERENCES copy_operations (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX copy_chunks_queued ON copy_chunks (touched_at) WHERE status = 'queued';

-- One row per deal and hook: a second hook within the period starts nothing.
CREATE TABLE copy_triggers (
  workspace_id uuid NOT NULL,
  hook_token_id uuid NOT NULL,
  source_deal_id bigint NOT NULL,
  last_at timestamptz NOT NULL,
  operation_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, hook_token_id, source_deal_id)
);

-- Whose turn it is in a round-robin, by its list of users.
CREATE TABLE copy_turns (
  workspace_id uuid NOT NULL,
  name text NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
`;

/** Operations that copy deals: what was asked, every item's step, and what keeps triggers from repeating. */
export class AddDealCopies202611210040 implements MigrationInterface {
  name = 'AddDealCopies0202611210040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const table of ['copy_operations', 'copy_items', 'copy_chunks', 'copy_triggers', 'copy_turns']) {
      await runner.query(`SELECT sdelka_tenant_table('${table}')`);
    }
    // The sweeper looks for chunks whose job was lost, in all workspaces.
    await runner.query(`SELECT sdelka_system_access('copy_chunks', 'SELECT')`);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
