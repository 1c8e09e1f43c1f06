import type { MigrationInterface, QueryRunner } from 'typeorm';

const SQL = `
ALTER TABLE oauth_states
  ADD COLUMN kind text NOT NULL DEFAULT 'configured' CHECK (kind IN ('configured', 'external'));

CREATE TABLE external_integrations (
  workspace_id uuid NOT NULL,
  -- Once in the whole table: whoever could name another workspace's integration could sign in its name.
  client_id text NOT NULL UNIQUE CHECK (length(client_id) BETWEEN 1 AND 64),
  -- Sealed: AES-256-GCM, bound to workspace and integration. Never plain.
  client_secret text NOT NULL,
  -- As it was when the integration was made: amoCRM compares it to the letter, at every refresh.
  redirect_uri text NOT NULL,
  -- Of the sign-in that it was made for: a delivery that comes again is known by it.
  state_hash bytea NOT NULL UNIQUE CHECK (length(state_hash) = 32),
  delivered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, client_id)
);
SELECT sdelka_tenant_table('external_integrations');
-- Who signed a token or a notice is looked up before the workspace is known.
SELECT sdelka_system_access('external_integrations', 'SELECT');
`;

/** Integrations that amoCRM makes at the press of a site's button, with the secrets it delivers. */
export class AddExternalIntegrations202611230010 implements MigrationInterface {
  name = 'AddExternalIntegrations0202611230010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SQL);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
