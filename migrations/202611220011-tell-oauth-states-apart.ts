import type { MigrationInterface, QueryRunner } from 'typeorm';

const SQL = `
ALTER TABLE oauth_states
  ADD COLUMN platform text NOT NULL DEFAULT 'amocrm' CHECK (platform IN ('amocrm', 'kommo')),
  -- Origin of the one account that is waited for, where the administrator named it.
  ADD COLUMN account_origin text;
`;

/** What a pending connection waits for: which platform, which account. */
export class TellOauthStatesApart202611220011 implements MigrationInterface {
  name = 'TellOauthStatesApart0202611220011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SQL);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
