import type { MigrationInterface, QueryRunner } from 'typeorm';

// Every filter of the trail finds its lines in the order in which they are shown.
const INDEXES = `
CREATE INDEX audit_log_command ON audit_log (workspace_id, command, at DESC);
CREATE INDEX audit_log_actor_kind ON audit_log (workspace_id, actor_kind, at DESC);
CREATE INDEX audit_log_record ON audit_log (workspace_id, entity_id, at DESC);
`;

/** Finds the lines of one action, of one kind of actor, and of a record whose type is not said. */
export class IndexAuditFilters202611230042 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'IndexAuditFilters0202611230042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
