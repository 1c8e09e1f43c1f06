import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which of its grants a connection lives on: answers to an earlier one say nothing about the present one. */
export class CountGrantGenerations202611220010 implements MigrationInterface {
  name = 'CountGrantGenerations0202611220010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE amo_connections ADD COLUMN grant_generation integer NOT NULL DEFAULT 1');
    await runner.query('CREATE INDEX amo_connections_account ON amo_connections (account_id)');
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
