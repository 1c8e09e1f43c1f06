import type { MigrationInterface, QueryRunner } from 'typeorm';

const FACTORS = `
-- Like users, second factors are nobody's: a person has one, whichever workspace is entered.
CREATE TABLE second_factors (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  -- AES-256-GCM, bound to the user.
  sealed_secret text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  -- Null until the first code proved that the person has it.
  confirmed_at timestamptz(3),
  -- The newest time step a code was taken of: no code counts twice.
  last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES second_factors (user_id) ON DELETE CASCADE,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  used_at timestamptz(3),
  PRIMARY KEY (user_id, hash)
);

-- Secrets that were given out for one purpose: a sign-in that still needs its second factor, a new password.
CREATE TABLE sign_in_tickets (
  hash bytea PRIMARY KEY CHECK (length(hash) = 32),
  purpose text NOT NULL CHECK (purpose IN ('second_factor', 'password_reset')),
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_tickets_user ON sign_in_tickets (user_id, purpose);
CREATE INDEX sign_in_tickets_expiry ON sign_in_tickets (expires_at);
`;

const SESSIONS = `
ALTER TABLE sessions ADD COLUMN last_used_at timestamptz(3), ADD COLUMN last_ip text;
CREATE INDEX sessions_of_person ON sessions (user_id, id);
`;

const OWN = `nullif(current_setting('app.user_id', true), '')::uuid`;

const ACCESS = `
ALTER TABLE second_factors ENABLE ROW LEVEL SECURITY;
ALTER TABLE second_factors FORCE ROW LEVEL SECURITY;
ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY;
ALTER TABLE sign_in_tickets ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_tickets FORCE ROW LEVEL SECURITY;

-- A person manages what is his own, whichever workspace he works in at the moment.
CREATE POLICY own ON second_factors TO sdelka_app USING (user_id = ${OWN}) WITH CHECK (user_id = ${OWN});
CREATE POLICY own ON recovery_codes TO sdelka_app USING (user_id = ${OWN}) WITH CHECK (user_id = ${OWN});
CREATE POLICY own ON sign_in_tickets TO sdelka_app USING (user_id = ${OWN}) WITH CHECK (user_id = ${OWN});
CREATE POLICY own ON sessions FOR SELECT TO sdelka_app USING (user_id = ${OWN});
CREATE POLICY own_ending ON sessions FOR UPDATE TO sdelka_app USING (user_id = ${OWN}) WITH CHECK (user_id = ${OWN});
CREATE POLICY own ON users FOR UPDATE TO sdelka_app USING (id = ${OWN}) WITH CHECK (id = ${OWN});
GRANT UPDATE (password_hash, version, updated_at) ON users TO sdelka_app;

-- An administrator may take the factor of a colleague away, and no more.
CREATE POLICY colleague ON second_factors FOR SELECT TO sdelka_app USING (
  EXISTS (SELECT FROM memberships m WHERE m.user_id = second_factors.user_id
          AND m.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid));
CREATE POLICY colleague_reset ON second_factors FOR DELETE TO sdelka_app USING (
  EXISTS (SELECT FROM memberships m WHERE m.user_id = second_factors.user_id
          AND m.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid));

-- Only sign-in reads the secrets.
GRANT SELECT (user_id, created_at, confirmed_at), INSERT, DELETE ON second_factors TO sdelka_app;
GRANT UPDATE (sealed_secret, created_at, confirmed_at, last_step) ON second_factors TO sdelka_app;
GRANT SELECT (user_id, used_at), INSERT, DELETE ON recovery_codes TO sdelka_app;
GRANT SELECT (user_id, purpose, hash), DELETE ON sign_in_tickets TO sdelka_app;

SELECT sdelka_system_access('second_factors', 'SELECT, UPDATE');
SELECT sdelka_system_access('recovery_codes', 'SELECT, UPDATE');
SELECT sdelka_system_access('sign_in_tickets', 'SELECT, INSERT, DELETE');
`;

/** Second factors with recovery codes, tickets of sign-in, and what people may change of their own. */
export class AddSecondFactors202611230060 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'AddSecondFactors0202611230060';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [FACTORS, SESSIONS, ACCESS]) await runner.query(statements);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
