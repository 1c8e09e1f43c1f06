import type { MigrationInterface, QueryRunner } from 'typeorm';

const LOGGED = `
-- Who called amoCRM in the last second still counts there when this server has crashed since: a budget that forgot it
-- would send a burst on top, and 429s that pile up end in a block of the account. Replicas need it after a failover, too.
ALTER TABLE amo_budget SET LOGGED;
ALTER TABLE amo_account_budget SET LOGGED;
`;

/** The budget outlives a crash of PostgreSQL. */
export class KeepAmoBudgetOverCrashes202611230001 implements MigrationInterface {
  name = 'KeepAmoBudgetOverCrashes0202611230001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LOGGED);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
