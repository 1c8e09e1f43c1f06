import type { MigrationInterface, QueryRunner } from 'typeorm';

const PEOPLE = `
CREATE TABLE workspaces (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- A person may belong to several workspaces, so users are nobody's; who may see whom is decided by memberships.
CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL CHECK (length(email) BETWEEN 1 AND 254),
  email_key text NOT NULL UNIQUE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  password_hash text NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE memberships (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  user_id uuid NOT NULL REFERENCES users (id),
  role text NOT NULL CHECK (role IN ('admin', 'manager', 'operator', 'viewer')),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id, created_at);
`;

const SESSIONS = `
CREATE TABLE sessions (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  user_agent text,
  ip text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  revoked_reason text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, user_id) REFERENCES memberships (workspace_id, user_id) ON DELETE CASCADE,
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX sessions_user ON sessions (workspace_id, user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE refresh_tokens (
  workspace_id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  session_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  replaced_by bytea,
  PRIMARY KEY (workspace_id, hash),
  FOREIGN KEY (workspace_id, session_id) REFERENCES sessions (workspace_id, id) ON DELETE CASCADE,
  CHECK ((used_at IS NULL) = (replaced_by IS NULL))
);
-- A refresh token arrives without its workspace.
CREATE UNIQUE INDEX refresh_tokens_hash ON refresh_tokens (hash);
CREATE INDEX refresh_tokens_session ON refresh_tokens (workspace_id, session_id);
`;

const GUESSING = `
-- Keys are SHA-256 hashes of e-mail and address.
CREATE TABLE guess_counters (
  key bytea PRIMARY KEY,
  hits integer NOT NULL,
  resets_at timestamptz NOT NULL
);
CREATE INDEX guess_counters_expiry ON guess_counters (resets_at);

CREATE TABLE usual_addresses (
  key bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX usual_addresses_expiry ON usual_addresses (expires_at);
`;

const ACCESS = `
SELECT sdelka_tenant_table('memberships');
SELECT sdelka_tenant_table('sessions');
SELECT sdelka_tenant_table('refresh_tokens');

-- People may see where they belong, whichever workspace they work in at the moment.
CREATE POLICY own ON memberships FOR SELECT TO sdelka_app
  USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
CREATE POLICY current ON workspaces TO sdelka_app
  USING (id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.workspace_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON workspaces TO sdelka_app;

ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
-- The policies of memberships hold inside the subquery: colleagues of the current workspace, and oneself.
CREATE POLICY colleague ON users FOR SELECT TO sdelka_app
  USING (EXISTS (SELECT FROM memberships m WHERE m.user_id = users.id));
CREATE POLICY newcomer ON users FOR INSERT TO sdelka_app WITH CHECK (true);
-- Only sign-in reads password hashes.
GRANT SELECT (id, email, name, is_active, version, created_at, updated_at) ON users TO sdelka_app;
GRANT INSERT ON users TO sdelka_app;

ALTER TABLE guess_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE guess_counters FORCE ROW LEVEL SECURITY;
ALTER TABLE usual_addresses ENABLE ROW LEVEL SECURITY;
ALTER TABLE usual_addresses FORCE ROW LEVEL SECURITY;

SELECT sdelka_system_access('workspaces', 'SELECT');
SELECT sdelka_system_access('users', 'SELECT');
SELECT sdelka_system_access('memberships', 'SELECT');
SELECT sdelka_system_access('sessions', 'SELECT, DELETE');
SELECT sdelka_system_access('refresh_tokens', 'SELECT');
SELECT sdelka_system_access('guess_counters', 'SELECT, INSERT, UPDATE, DELETE');
SELECT sdelka_system_access('usual_addresses', 'SELECT, INSERT, UPDATE, DELETE');
`;

/** Workspaces, their people, sessions, and the counters against guessing. */
export class AddIdentity202611210010 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'AddIdentity0202611210010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [PEOPLE, SESSIONS, GUESSING, ACCESS]) await runner.query(statements);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
