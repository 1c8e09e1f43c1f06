import type { MigrationInterface, QueryRunner } from 'typeorm';

const CLIENTS = `
-- Trusted since PostgreSQL 13: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE clients (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person', 'company')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  names jsonb NOT NULL DEFAULT '{}',
  phones jsonb NOT NULL DEFAULT '[]',
  emails jsonb NOT NULL DEFAULT '[]',
  messengers jsonb NOT NULL DEFAULT '[]',
  addresses jsonb NOT NULL DEFAULT '[]',
  inn text,
  kpp text,
  ogrn text,
  tags text[] NOT NULL DEFAULT '{}',
  source text,
  responsible_id uuid,
  notes text,
  fields jsonb NOT NULL DEFAULT '{}',
  -- What the columns above look like to sorting and to the search box: lower case, ё as е, digits of phones.
  name_key text COLLATE "C" NOT NULL,
  search_text text NOT NULL,
  -- The main ones of the lists above, for rows of a table.
  main_phone text,
  main_email text,
  version integer NOT NULL DEFAULT 1,
  -- Milliseconds, as cursors and answers carry them.
  created_at timestamptz(3) NOT NULL,
  created_by uuid,
  updated_at timestamptz(3) NOT NULL,
  deleted_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, responsible_id) REFERENCES memberships (workspace_id, user_id)
    ON DELETE SET NULL (responsible_id)
);
-- One index for each order of a list; what is deleted is listed alone.
CREATE INDEX clients_by_created ON clients (workspace_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX clients_by_updated ON clients (workspace_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX clients_by_name ON clients (workspace_id, name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX clients_of_member ON clients (workspace_id, responsible_id, created_at DESC, id DESC)
  WHERE responsible_id IS NOT NULL;
CREATE INDEX clients_deleted ON clients (workspace_id, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX clients_search ON clients USING gin (search_text gin_trgm_ops);
SELECT sdelka_tenant_table('clients');
`;

const SEARCH = `
-- Row-level security keeps operators that might leak, LIKE and similarity among them, from using an index before the
-- policy has looked at the row. This view has the policy in its own WHERE and reads as its owner, so they may.
CREATE POLICY search ON clients FOR SELECT TO CURRENT_USER USING (true);
CREATE VIEW clients_searched AS
  SELECT workspace_id, id, kind, name, names, phones, emails, messengers, addresses, inn, kpp, ogrn, tags, source,
    responsible_id, notes, fields, name_key, search_text,
    main_phone, main_email, version, created_at, created_by, updated_at, deleted_at
  FROM clients WHERE workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid;
GRANT SELECT ON clients_searched TO sdelka_app;
`;

const AROUND = `
-- What a client is found by exactly: phone, e-mail, INN, tag, source, value of a field. Kept beside the client by the one
-- repository that writes clients, hence without a foreign key, which would look the client up for every key.
CREATE TABLE client_keys (
  workspace_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  client_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, key, client_id)
);
SELECT sdelka_tenant_table('client_keys');

-- Values of unique fields. A deleted client has none.
CREATE TABLE client_unique_values (
  workspace_id uuid NOT NULL,
  field_code text NOT NULL,
  value text COLLATE "C" NOT NULL,
  client_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, field_code, value),
  FOREIGN KEY (workspace_id, client_id) REFERENCES clients (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX client_unique_values_client ON client_unique_values (workspace_id, client_id);
SELECT sdelka_tenant_table('client_unique_values');

CREATE TABLE client_links (
  workspace_id uuid NOT NULL,
  person_id uuid NOT NULL,
  company_id uuid NOT NULL,
  position text CHECK (length(position) <= 200),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, person_id, company_id),
  FOREIGN KEY (workspace_id, person_id) REFERENCES clients (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, company_id) REFERENCES clients (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX client_links_company ON client_links (workspace_id, company_id);
SELECT sdelka_tenant_table('client_links');
`;

const RULES = `
-- One row a workspace, made with its first change. The generation counts changes of settings and fields, so that
-- a process may keep them and still notice, in the statement that writes a client, that they are not the last ones.
CREATE TABLE client_settings (
  workspace_id uuid PRIMARY KEY,
  generation integer NOT NULL DEFAULT 0,
  phone_region text NOT NULL DEFAULT 'RU' CHECK (phone_region ~ '^[A-Z]{2}$'),
  restore_days integer NOT NULL DEFAULT 30 CHECK (restore_days BETWEEN 1 AND 365)
);
SELECT sdelka_tenant_table('client_settings');

CREATE TABLE client_fields (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  code text NOT NULL,
  type text NOT NULL CHECK (type IN ('text', 'number', 'money', 'date', 'datetime', 'boolean', 'choice', 'multichoice',
    'url', 'phone', 'email', 'member')),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  applies_to text NOT NULL CHECK (applies_to IN ('all', 'person', 'company')),
  is_required boolean NOT NULL,
  is_unique boolean NOT NULL,
  position integer NOT NULL,
  choices jsonb NOT NULL DEFAULT '[]',
  archived_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, code)
);
SELECT sdelka_tenant_table('client_fields');

CREATE TABLE client_views (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  is_shared boolean NOT NULL,
  query jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES memberships (workspace_id, user_id) ON DELETE CASCADE
);
CREATE INDEX client_views_owner ON client_views (workspace_id, owner_id);
SELECT sdelka_tenant_table('client_views');
`;

/** People and companies, what they are found by, and the rules of a workspace for them. */
export class AddClients202611230070 implements MigrationInterface {
  name = 'AddClients0202611230070';

  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [CLIENTS, SEARCH, AROUND, RULES]) await runner.query(statements);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
