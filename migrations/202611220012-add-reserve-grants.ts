import type { MigrationInterface, QueryRunner } from 'typeorm';

// The grant in use stays in the row of the connection: while a release rolls out, processes of the one before it go on
// refreshing it there.
const SQL = `
ALTER TABLE amo_connections
  ADD COLUMN amo_user_id bigint,
  ADD COLUMN granted_at timestamptz NOT NULL DEFAULT now();

CREATE TABLE amo_reserve_grants (
  workspace_id uuid NOT NULL,
  client_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('oauth', 'long_lived')),
  -- 0: the token does not say whose it is.
  amo_user_id bigint NOT NULL CHECK (amo_user_id >= 0),
  state text NOT NULL CHECK (state IN ('spare', 'refused')),
  granted_at timestamptz NOT NULL,
  -- Sealed: AES-256-GCM, bound to the workspace. Never plain.
  access_token text,
  refresh_token text,
  access_expires_at timestamptz,
  PRIMARY KEY (workspace_id, client_id, kind, amo_user_id),
  CHECK ((access_token IS NULL) = (access_expires_at IS NULL)),
  CHECK (state <> 'spare' OR access_token IS NOT NULL)
);
SELECT sdelka_tenant_table('amo_reserve_grants');
-- A one-time token of a page is looked up by its integration before the workspace is known.
SELECT sdelka_system_access('amo_reserve_grants', 'SELECT');
`;

/** Grants of further administrators, which take over when the one in use dies. */
export class AddReserveGrants202611220012 implements MigrationInterface {
  name = 'AddReserveGrants0202611220012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SQL);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
