import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- The version of its subject by which a fact was last told: news that is older changes nothing, whichever comes first.
ALTER TABLE analytics_facts ADD COLUMN as_of integer NOT NULL DEFAULT 0;
`;

/** Facts that may be taken back, told again and taken back once more, in whatever order the news of it comes. */
export class OrderAnalyticsFacts202611240040 implements MigrationInterface {
  name = 'OrderAnalyticsFacts0202611240040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
