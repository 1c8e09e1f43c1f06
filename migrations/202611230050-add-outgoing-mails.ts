import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
CREATE TABLE outgoing_mails (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  recipient text NOT NULL CHECK (length(recipient) BETWEEN 1 AND 254),
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'dead')),
  -- Subject and both texts, encrypted: they hold links that open accounts. Gone once the mail is sent.
  sealed text,
  run integer NOT NULL CHECK (run >= 1),
  attempts integer NOT NULL DEFAULT 0,
  -- Code of the error that the last try met.
  last_error text,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
  CHECK (state <> 'queued' OR sealed IS NOT NULL)
);
-- The queue may lose jobs; the database does not forget what is still to be sent.
CREATE INDEX outgoing_mails_waiting ON outgoing_mails (updated_at) WHERE state = 'queued';
CREATE INDEX outgoing_mails_age ON outgoing_mails (created_at);
SELECT sdelka_tenant_table('outgoing_mails');
SELECT sdelka_system_access('outgoing_mails', 'SELECT, DELETE');
`;

/** Mails on their way to people, and what became of them. */
export class AddOutgoingMails202611230050 implements MigrationInterface {
  name = 'AddOutgoingMails0202611230050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
