import type { MigrationInterface, QueryRunner } from 'typeorm';

const ROLES = `
DO $$
BEGIN
  -- Roles belong to the cluster, not to the database: another database may have made them already.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sdelka_app') THEN CREATE ROLE sdelka_app NOLOGIN NOBYPASSRLS; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sdelka_system') THEN CREATE ROLE sdelka_system NOLOGIN NOBYPASSRLS; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT USAGE ON SCHEMA public TO sdelka_app, sdelka_system;
`;

const HELPERS = `
-- Make a table a tenant's: rows of other workspaces do not exist for the application, whatever the statement says.
CREATE FUNCTION sdelka_tenant_table(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format($p$CREATE POLICY tenant ON %s TO sdelka_app
    USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
    WITH CHECK (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)$p$, target);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO sdelka_app', target);
END $$;

-- Let the product itself (relay, intake, sign-in) see a table across workspaces, with just these privileges.
CREATE FUNCTION sdelka_system_access(target regclass, privileges text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY system ON %s TO sdelka_system USING (true) WITH CHECK (true)', target);
  EXECUTE format('GRANT %s ON %s TO sdelka_system', privileges, target);
END $$;

CREATE TABLE partitioned_tables (
  table_name text PRIMARY KEY,
  retention_months integer NOT NULL CHECK (retention_months >= 1)
);

-- Make the monthly partitions of the next three months and drop those past their retention. Idempotent.
-- A partition has no grants: it is reached only through its parent, whose policies then hold.
CREATE FUNCTION sdelka_ensure_partitions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  parent record;
  first date;
  child text;
  old record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('sdelka_ensure_partitions', 0));
  FOR parent IN SELECT table_name, retention_months FROM partitioned_tables LOOP
    FOR step IN 0..3 LOOP
      first := (date_trunc('month', now()) + make_interval(months => step))::date;
      child := format('%s_%s', parent.table_name, to_char(first, 'YYYY_MM'));
      IF to_regclass(child) IS NULL THEN
       BEGIN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          child, parent.table_name, first, (first + interval '1 month')::date);
       EXCEPTION WHEN check_violation THEN
        -- Rows of that month went to the default partition; the other months must not suffer for it.
        RAISE WARNING 'partition % cannot be made: the default partition holds rows of its month', child;
       END;
      END IF;
    END LOOP;
    FOR old IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = parent.table_name::regclass AND c.relname ~ '_\\d{4}_\\d{2}$'
        AND to_date(right(c.relname, 7), 'YYYY_MM') < date_trunc('month', now()) - make_interval(months => parent.retention_months)
    LOOP
      EXECUTE format('DROP TABLE %I', old.relname);
    END LOOP;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION sdelka_ensure_partitions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sdelka_ensure_partitions() TO sdelka_system;
`;

const TABLES = `
CREATE TABLE outbox (
  workspace_id uuid NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind IN ('job', 'event')),
  name text NOT NULL,
  payload jsonb NOT NULL,
  correlation_id text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  available_at timestamptz NOT NULL DEFAULT now(),
  handed_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE handed_at IS NULL;
CREATE INDEX outbox_handed ON outbox (handed_at) WHERE handed_at IS NOT NULL;
SELECT sdelka_tenant_table('outbox');
SELECT sdelka_system_access('outbox', 'SELECT, UPDATE, DELETE');

CREATE TABLE idempotency_keys (
  workspace_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) <= 300),
  fingerprint text NOT NULL,
  result jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
SELECT sdelka_tenant_table('idempotency_keys');
SELECT sdelka_system_access('idempotency_keys', 'SELECT, DELETE');

CREATE TABLE audit_log (
  workspace_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  id uuid NOT NULL,
  command text NOT NULL,
  actor_kind text NOT NULL,
  actor_id text,
  entity_type text NOT NULL,
  entity_id text NOT NULL,
  before jsonb,
  after jsonb,
  correlation_id text NOT NULL,
  PRIMARY KEY (workspace_id, at, id)
) PARTITION BY RANGE (at);
CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;
CREATE INDEX audit_log_entity ON audit_log (workspace_id, entity_type, entity_id, at DESC);
CREATE INDEX audit_log_actor ON audit_log (workspace_id, actor_id, at DESC);
SELECT sdelka_tenant_table('audit_log');
-- A trail is written and read, never changed.
REVOKE UPDATE, DELETE ON audit_log FROM sdelka_app;

INSERT INTO partitioned_tables (table_name, retention_months) VALUES ('audit_log', 36);
SELECT sdelka_ensure_partitions();

-- The processes compare it with what they expect before they start.
GRANT SELECT ON migrations TO sdelka_app, sdelka_system;
`;

/** Roles, the helpers that every later table uses, and the tables of the bus. */
export class FoundTheHouse202611210001 implements MigrationInterface {
  // TypeORM sorts by the last thirteen digits.
  name = 'FoundTheHouse0202611210001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ROLES);
    await runner.query(HELPERS);
    await runner.query(TABLES);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
