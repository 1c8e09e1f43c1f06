import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- What members are told. An entry that mentions somebody tells him once, however often the event comes.
CREATE TABLE member_notifications (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('mention')),
  entry_id uuid NOT NULL,
  client_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL,
  read_at timestamptz(3),
  -- From when on a mail may tell of it; null when none will, or one has.
  mail_due_at timestamptz(3),
  PRIMARY KEY (workspace_id, member_id, id)
);
CREATE UNIQUE INDEX member_notifications_once ON member_notifications (workspace_id, member_id, kind, entry_id);
CREATE INDEX member_notifications_unread ON member_notifications (workspace_id, member_id, id) WHERE read_at IS NULL;
CREATE INDEX member_notifications_due ON member_notifications (mail_due_at) WHERE mail_due_at IS NOT NULL;
CREATE INDEX member_notifications_age ON member_notifications (created_at);
SELECT sdelka_tenant_table('member_notifications');
SELECT sdelka_system_access('member_notifications', 'SELECT, DELETE');

-- What members have changed; who has no row here wants what everybody gets.
CREATE TABLE notification_settings (
  workspace_id uuid NOT NULL,
  member_id uuid NOT NULL,
  mentions_by_mail boolean NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
);
SELECT sdelka_tenant_table('notification_settings');
`;

/** Members are told when somebody mentions them. */
export class AddNotifications202611240031 implements MigrationInterface {
  name = 'AddNotifications0202611240031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
