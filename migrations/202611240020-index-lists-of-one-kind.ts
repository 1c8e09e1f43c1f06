import type { MigrationInterface, QueryRunner } from 'typeorm';

// Companies lie together in the order of names, behind a million people: without these a list of them walks past all of those.
const INDEXES = `
CREATE INDEX clients_by_kind_created ON clients (workspace_id, kind, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX clients_by_kind_updated ON clients (workspace_id, kind, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX clients_by_kind_name ON clients (workspace_id, kind, name_key, id) WHERE deleted_at IS NULL;
`;

/** An index for each order of a list of people, or of companies. */
export class IndexListsOfOneKind202611240020 implements MigrationInterface {
  name = 'IndexListsOfOneKind0202611240020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
