import type { MigrationInterface, QueryRunner } from 'typeorm';

const ROLES = `
-- How a workspace's roles differ from those that are delivered; a role without a row does not.
CREATE TABLE role_rights (
  workspace_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'manager', 'operator', 'viewer')),
  granted text[] NOT NULL DEFAULT '{}',
  revoked text[] NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 0,
  changed_at timestamptz,
  PRIMARY KEY (workspace_id, role)
);
SELECT sdelka_tenant_table('role_rights');
-- Whoever is just coming in is in no workspace yet.
SELECT sdelka_system_access('role_rights', 'SELECT');
`;

/** What roles may do, by workspace. */
export class MakeRolesEditable202611230040 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'MakeRolesEditable0202611230040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
