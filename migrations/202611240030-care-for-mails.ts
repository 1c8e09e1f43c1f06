import type { MigrationInterface, QueryRunner } from 'typeorm';

// The state grows by a value: the old check goes, the new one takes all old values.
const TABLES = `
ALTER TABLE outgoing_mails DROP CONSTRAINT outgoing_mails_state_check;
ALTER TABLE outgoing_mails
  ADD CONSTRAINT outgoing_mails_state_check CHECK (state IN ('queued', 'sent', 'dead', 'cancelled')),
  -- About when the next try is made; null when none was made in this run, or none is to come.
  ADD COLUMN next_try_at timestamptz(3);
CREATE INDEX outgoing_mails_state ON outgoing_mails (workspace_id, state, id);
CREATE INDEX outgoing_mails_kind ON outgoing_mails (workspace_id, kind, id);
CREATE INDEX outgoing_mails_recipient ON outgoing_mails (workspace_id, lower(recipient), id);
-- Links of mails that were given up open accounts: they are forgotten once they have run out.
CREATE INDEX outgoing_mails_given_up ON outgoing_mails (expires_at) WHERE state = 'dead' AND sealed IS NOT NULL;
CREATE INDEX outgoing_mails_dead ON outgoing_mails (state) WHERE state = 'dead';
GRANT UPDATE (sealed) ON outgoing_mails TO sdelka_system;
`;

/** Mails can be looked at, sent again and cancelled. */
export class CareForMails202611240030 implements MigrationInterface {
  name = 'CareForMails0202611240030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
