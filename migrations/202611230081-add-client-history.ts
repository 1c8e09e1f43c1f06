import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Everything that a client's card tells in the order of time. One table, so that it is one walk along one index.
CREATE TABLE client_entries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('comment', 'call', 'email', 'meeting', 'message', 'system')),
  at timestamptz(3) NOT NULL,
  text text CHECK (length(text) <= 10000),
  mentions uuid[] NOT NULL DEFAULT '{}',
  author_kind text NOT NULL,
  author_id text,
  author_name text,
  direction text CHECK (direction IN ('in', 'out')),
  duration_seconds integer CHECK (duration_seconds >= 0),
  result_id uuid,
  participant_ids uuid[] NOT NULL DEFAULT '{}',
  participant_names text[] NOT NULL DEFAULT '{}',
  system_code text,
  system_params jsonb,
  key text CHECK (length(key) <= 200),
  pinned_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, client_id) REFERENCES clients (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, result_id) REFERENCES dictionary_entries (workspace_id, id),
  CHECK ((kind = 'system') = (system_code IS NOT NULL))
);
CREATE INDEX client_entries_timeline ON client_entries (workspace_id, client_id, at DESC, id DESC) WHERE deleted_at IS NULL;
-- Ids are in the order of time: comments are written when they happen.
CREATE INDEX client_entries_comments ON client_entries (workspace_id, client_id, id DESC)
  WHERE kind = 'comment' AND deleted_at IS NULL;
CREATE INDEX client_entries_pinned ON client_entries (workspace_id, client_id, pinned_at DESC)
  WHERE pinned_at IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX client_entries_key ON client_entries (workspace_id, client_id, key) WHERE key IS NOT NULL;
CREATE INDEX client_entries_result ON client_entries (workspace_id, result_id) WHERE result_id IS NOT NULL;
SELECT sdelka_tenant_table('client_entries');

-- What an entry said before it was changed.
CREATE TABLE client_entry_versions (
  workspace_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  version integer NOT NULL,
  text text,
  written_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, entry_id, version),
  FOREIGN KEY (workspace_id, entry_id) REFERENCES client_entries (workspace_id, id) ON DELETE CASCADE
);
SELECT sdelka_tenant_table('client_entry_versions');
`;

/** Comments, interactions and what the product did, by client; and what comments said before they were edited. */
export class AddClientHistory202611230081 implements MigrationInterface {
  name = 'AddClientHistory0202611230081';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
