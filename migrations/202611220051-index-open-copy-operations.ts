import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the few operations that are under way: every estimate asks what waits beside one. */
export class IndexOpenCopyOperations202611220051 implements MigrationInterface {
  name = 'IndexOpenCopyOperations0202611220051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX copy_operations_open ON copy_operations (workspace_id, id) WHERE status IN ('queued', 'running')`,
    );
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
