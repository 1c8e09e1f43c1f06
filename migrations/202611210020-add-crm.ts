import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONNECTION = `
CREATE TABLE amo_connections (
  workspace_id uuid PRIMARY KEY,
  account_id bigint NOT NULL CHECK (account_id > 0),
  account_name text NOT NULL,
  base_url text NOT NULL,
  platform text NOT NULL CHECK (platform IN ('amocrm', 'kommo')),
  client_id text NOT NULL,
  state text NOT NULL
    CHECK (state IN ('active', 'reconnect_needed', 'blocked', 'subscription_ended', 'disconnected')),
  state_since timestamptz NOT NULL,
  state_reason text,
  -- Sealed: AES-256-GCM, bound to the workspace. Never plain.
  access_token text,
  refresh_token text,
  access_expires_at timestamptz,
  refresh_lease_id uuid,
  refresh_lease_until timestamptz,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((access_token IS NULL) = (access_expires_at IS NULL)),
  CHECK (state <> 'active' OR access_token IS NOT NULL)
);
SELECT sdelka_tenant_table('amo_connections');
SELECT sdelka_system_access('amo_connections', 'SELECT');

CREATE TABLE amo_directories (
  workspace_id uuid PRIMARY KEY,
  directory jsonb NOT NULL,
  marker_field_id bigint NOT NULL,
  fetched_at timestamptz NOT NULL
);
SELECT sdelka_tenant_table('amo_directories');
SELECT sdelka_system_access('amo_directories', 'SELECT');

-- Written by whoever starts a connection, redeemed by a callback that knows no workspace yet.
CREATE TABLE oauth_states (
  workspace_id uuid NOT NULL,
  state_hash bytea NOT NULL UNIQUE CHECK (length(state_hash) = 32),
  user_id uuid,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, state_hash)
);
SELECT sdelka_tenant_table('oauth_states');
SELECT sdelka_system_access('oauth_states', 'SELECT, DELETE');
`;

const HOOK_TOKENS = `
CREATE TABLE hook_tokens (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  kind text NOT NULL CHECK (kind IN ('account', 'digital_pipeline')),
  -- SHA-256 of the token; the token itself was shown once and is kept nowhere.
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  prefix text NOT NULL,
  -- The token that the current one replaced, accepted for the overlap of a rotation.
  replaced_hash bytea UNIQUE CHECK (length(replaced_hash) = 32),
  replaced_accepted_until timestamptz,
  options jsonb NOT NULL DEFAULT '{}',
  once_within_minutes integer NOT NULL DEFAULT 1440 CHECK (once_within_minutes BETWEEN 1 AND 43200),
  created_by uuid,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id),
  CHECK ((replaced_hash IS NULL) = (replaced_accepted_until IS NULL))
);
SELECT sdelka_tenant_table('hook_tokens');
SELECT sdelka_system_access('hook_tokens', 'SELECT');
`;

const HOOK_INBOX = `
CREATE TABLE hook_inbox (
  workspace_id uuid NOT NULL,
  received_at timestamptz(3) NOT NULL,
  id uuid NOT NULL,
  token_id uuid NOT NULL,
  content_type text NOT NULL,
  body bytea NOT NULL,
  size_bytes integer NOT NULL,
  digest bytea NOT NULL,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'queued', 'dispatched', 'ignored', 'failed')),
  outcome text,
  attempts integer NOT NULL DEFAULT 0,
  queued_at timestamptz,
  PRIMARY KEY (workspace_id, id, received_at)
) PARTITION BY RANGE (received_at);
CREATE TABLE hook_inbox_default PARTITION OF hook_inbox DEFAULT;
CREATE INDEX hook_inbox_waiting ON hook_inbox (id) WHERE state = 'new';
CREATE INDEX hook_inbox_queued ON hook_inbox (queued_at) WHERE state = 'queued';
CREATE INDEX hook_inbox_failed ON hook_inbox (workspace_id, id) WHERE state = 'failed';
CREATE INDEX hook_inbox_twins ON hook_inbox (workspace_id, token_id, digest);
SELECT sdelka_tenant_table('hook_inbox');
SELECT sdelka_system_access('hook_inbox', 'SELECT, INSERT, UPDATE');
-- An inbox is filled by the intake and never emptied by hand: partitions past their retention go as a whole.
REVOKE INSERT, DELETE ON hook_inbox FROM sdelka_app;

INSERT INTO partitioned_tables (table_name, retention_months) VALUES ('hook_inbox', 3);
SELECT sdelka_ensure_partitions();
`;

/** The amoCRM connection, its cached directory, hook tokens and the inbox of inbound hooks. */
export class AddCrm202611210020 implements MigrationInterface {
  // TypeORM orders migrations by the last 13 digits of their names.
  name = 'AddCrm0202611210020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONNECTION);
    await runner.query(HOOK_TOKENS);
    await runner.query(HOOK_INBOX);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
