import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
ALTER TABLE hook_inbox
  -- How often it was made new again; part of its jobs' keys, so that a job that the queue keeps swallows no later run.
  ADD COLUMN replays integer NOT NULL DEFAULT 0,
  -- The replay that made it new the last time, and whether it may start what was started before.
  ADD COLUMN replay_id uuid,
  ADD COLUMN forced boolean NOT NULL DEFAULT false;
CREATE INDEX hook_inbox_replayed ON hook_inbox (workspace_id, replay_id)
  WHERE replay_id IS NOT NULL AND state IN ('new', 'queued');

ALTER TABLE hook_runs
  ADD COLUMN replay_id uuid,
  ADD COLUMN forced boolean NOT NULL DEFAULT false;
CREATE INDEX hook_runs_replay ON hook_runs (workspace_id, replay_id, hook_id) WHERE replay_id IS NOT NULL;

CREATE TABLE hook_replays (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'done', 'cancelled')),
  -- Which hooks: received from … to, ended so, through one token, or just one.
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  states text[] NOT NULL,
  hook_token_id uuid,
  hook_id uuid,
  forced boolean NOT NULL,
  dry_run boolean NOT NULL,
  total integer NOT NULL,
  handed integer NOT NULL DEFAULT 0,
  skipped integer NOT NULL DEFAULT 0,
  -- Hooks up to this one are done with.
  after_id uuid,
  created_by uuid,
  created_at timestamptz(3) NOT NULL,
  touched_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX hook_replays_running ON hook_replays (touched_at) WHERE status = 'running';
SELECT sdelka_tenant_table('hook_replays');
SELECT sdelka_system_access('hook_replays', 'SELECT');
`;

/** Orders to carry stored hooks out again, and how far they have come. */
export class AddHookReplays202611220041 implements MigrationInterface {
  name = 'AddHookReplays0202611220041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
