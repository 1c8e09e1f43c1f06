import type { MigrationInterface, QueryRunner } from 'typeorm';

const PURGE = `
-- Deleting a client would look for its entries by a key that only partial indexes have, in all entries of the workspace. What purges
-- a client deletes them first; what adds one asks in the same statement whether the client is there.
ALTER TABLE client_entries DROP CONSTRAINT client_entries_workspace_id_client_id_fkey;
CREATE INDEX client_entries_removed ON client_entries (workspace_id, client_id) WHERE deleted_at IS NOT NULL;

-- Whose bin has to be emptied: when something was deleted, and nothing else.
CREATE POLICY bin ON clients FOR SELECT TO sdelka_system USING (deleted_at IS NOT NULL);
GRANT SELECT (workspace_id, deleted_at) ON clients TO sdelka_system;
SELECT sdelka_system_access('client_settings', 'SELECT');
`;

/** Lets deleted clients be purged, with what is kept about them, without looking at everybody else's. */
export class LetClientsBePurged202611240022 implements MigrationInterface {
  name = 'LetClientsBePurged0202611240022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PURGE);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
