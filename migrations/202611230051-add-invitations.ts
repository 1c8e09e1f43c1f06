import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
ALTER TABLE memberships
  -- Shut out of the workspace; comes back with the same role.
  ADD COLUMN blocked_at timestamptz(3),
  -- When the member last signed in here: sign-in goes to the workspace that was used last.
  ADD COLUMN last_used_at timestamptz(3),
  ADD COLUMN version integer NOT NULL DEFAULT 1;

ALTER TABLE workspaces
  ADD COLUMN time_zone text NOT NULL DEFAULT 'Europe/Moscow',
  ADD COLUMN language text NOT NULL DEFAULT 'ru' CHECK (language IN ('ru', 'en')),
  ADD COLUMN version integer NOT NULL DEFAULT 1;
-- People read the names of all workspaces they belong to; the policy of memberships holds inside the subquery.
CREATE POLICY own ON workspaces FOR SELECT TO sdelka_app USING (EXISTS (
  SELECT FROM memberships m WHERE m.workspace_id = workspaces.id
    AND m.user_id = nullif(current_setting('app.user_id', true), '')::uuid));

CREATE TABLE invitations (
  workspace_id uuid NOT NULL REFERENCES workspaces (id),
  id uuid NOT NULL,
  email text NOT NULL CHECK (length(email) BETWEEN 1 AND 254),
  email_key text NOT NULL,
  name text CHECK (length(name) BETWEEN 1 AND 200),
  role text NOT NULL CHECK (role IN ('admin', 'manager', 'operator', 'viewer')),
  state text NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn', 'expired')),
  -- The token that works; those of earlier mails do not any more.
  token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
  mail_id uuid NOT NULL,
  invited_by uuid,
  expires_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  accepted_by uuid,
  PRIMARY KEY (workspace_id, id),
  CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX invitations_open ON invitations (workspace_id, email_key) WHERE state = 'open';

-- Every token that was ever sent, so that a stale link can be told from a wrong one. It arrives without its workspace.
CREATE TABLE invitation_tokens (
  workspace_id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  invitation_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, hash),
  FOREIGN KEY (workspace_id, invitation_id) REFERENCES invitations (workspace_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX invitation_tokens_hash ON invitation_tokens (hash);
CREATE INDEX invitation_tokens_invitation ON invitation_tokens (workspace_id, invitation_id);

SELECT sdelka_tenant_table('invitations');
SELECT sdelka_tenant_table('invitation_tokens');
SELECT sdelka_system_access('invitations', 'SELECT, DELETE');
SELECT sdelka_system_access('invitation_tokens', 'SELECT, DELETE');
CREATE INDEX invitations_ended ON invitations (ended_at) WHERE ended_at IS NOT NULL;
`;

/** Invitations by mail, blocked members, and what a workspace says of itself. */
export class AddInvitations202611230051 implements MigrationInterface {
  name = 'AddInvitations0202611230051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
