import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- What an entry's files are called and how large they are: they never change, and a page of entries needs no second look.
ALTER TABLE client_entries ADD COLUMN attachments jsonb NOT NULL DEFAULT '[]';

-- The files themselves are in the file store, under workspace and id.
CREATE TABLE client_files (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  type text NOT NULL CHECK (length(type) BETWEEN 3 AND 127),
  size_bytes integer NOT NULL CHECK (size_bytes > 0),
  sha256 text NOT NULL CHECK (length(sha256) = 64),
  uploader_kind text NOT NULL,
  uploader_id text,
  entry_id uuid,
  created_at timestamptz(3) NOT NULL,
  -- Nobody sees it any more; the sweeper removes what is stored, then the row.
  doomed_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  -- An entry that is gone for ever leaves its files unattached, and the sweeper finds them.
  FOREIGN KEY (workspace_id, entry_id) REFERENCES client_entries (workspace_id, id) ON DELETE SET NULL (entry_id)
);
CREATE INDEX client_files_entry ON client_files (workspace_id, entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX client_files_unattached ON client_files (created_at) WHERE entry_id IS NULL AND doomed_at IS NULL;
CREATE INDEX client_files_doomed ON client_files (doomed_at) WHERE doomed_at IS NOT NULL;
SELECT sdelka_tenant_table('client_files');
SELECT sdelka_system_access('client_files', 'SELECT, UPDATE, DELETE');

-- A row a workspace, kept with every file: the quota is one comparison.
CREATE TABLE client_file_usage (
  workspace_id uuid NOT NULL PRIMARY KEY,
  bytes bigint NOT NULL CHECK (bytes >= 0)
);
SELECT sdelka_tenant_table('client_file_usage');
SELECT sdelka_system_access('client_file_usage', 'SELECT, UPDATE');
`;

/** Files of comments and interactions, and how much room they take. */
export class AddClientFiles202611240010 implements MigrationInterface {
  name = 'AddClientFiles0202611240010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
