import type { MigrationInterface, QueryRunner } from 'typeorm';

const LINKS = `
-- Which contacts and companies of the account a client of ours is: each is one client, a client may be several of them.
CREATE TABLE client_amocrm_links (
  workspace_id uuid NOT NULL,
  entity text NOT NULL CHECK (entity IN ('contact', 'company')),
  amo_id bigint NOT NULL CHECK (amo_id > 0),
  client_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, entity, amo_id),
  FOREIGN KEY (workspace_id, client_id) REFERENCES clients (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX client_amocrm_links_client ON client_amocrm_links (workspace_id, client_id);
SELECT sdelka_tenant_table('client_amocrm_links');
`;

/** Says which contacts and companies of amoCRM clients are. */
export class LinkClientsToAmocrm202611240060 implements MigrationInterface {
  name = 'LinkClientsToAmocrm0202611240060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LINKS);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
