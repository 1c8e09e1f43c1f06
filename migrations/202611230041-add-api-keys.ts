import type { MigrationInterface, QueryRunner } from 'typeorm';

const API_KEYS = `
CREATE TABLE api_keys (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  scopes text[] NOT NULL,
  -- [{"hash": hex SHA-256, "acceptedUntil": instant, or null for the newest}]
  secrets jsonb NOT NULL CHECK (jsonb_array_length(secrets) BETWEEN 1 AND 10),
  expires_at timestamptz,
  allowed_addresses text[] NOT NULL,
  requests_per_second integer NOT NULL CHECK (requests_per_second >= 1),
  burst integer NOT NULL CHECK (burst >= 1),
  is_active boolean NOT NULL,
  created_by uuid,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  last_used_address text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, id)
);
-- A key arrives without its workspace.
CREATE UNIQUE INDEX api_keys_id ON api_keys (id);
SELECT sdelka_tenant_table('api_keys');
SELECT sdelka_system_access('api_keys', 'SELECT');
-- Whoever lets a key in notes that, and changes nothing else.
GRANT UPDATE (last_used_at, last_used_address) ON api_keys TO sdelka_system;
`;

/** Credentials of programs. */
export class AddApiKeys202611230041 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'AddApiKeys0202611230041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(API_KEYS);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
