import type { MigrationInterface, QueryRunner } from 'typeorm';

const SPENT_TOKENS = `
-- One-time tokens of amoCRM's pages that have carried a change; kept until they are refused anyway.
CREATE TABLE spent_tokens (
  workspace_id uuid NOT NULL,
  token_id text NOT NULL CHECK (length(token_id) BETWEEN 1 AND 200),
  forget_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, token_id)
);
CREATE INDEX spent_tokens_expiry ON spent_tokens (forget_at);
SELECT sdelka_tenant_table('spent_tokens');
SELECT sdelka_system_access('spent_tokens', 'SELECT, DELETE');
-- A token that was used stays used, whatever the application is made to say.
REVOKE UPDATE, DELETE ON spent_tokens FROM sdelka_app;
`;

// A token names its account, not its workspace.
const ACCOUNTS = `CREATE INDEX amo_connections_of_account ON amo_connections (account_id);`;

// People whom only amoCRM knows have no record of ours that a line of the trail could point to.
const AUDIT = `ALTER TABLE audit_log ADD COLUMN actor_name text;`;

/** What calls with amoCRM's one-time token need: which were used, whose account it is, and who it was. */
export class AddWidgetCredential202611220020 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'AddWidgetCredential0202611220020';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [SPENT_TOKENS, ACCOUNTS, AUDIT]) await runner.query(statements);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
