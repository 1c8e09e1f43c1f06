import type { MigrationInterface, QueryRunner } from 'typeorm';

// The owner is bound by the policies, too; what follows is about all workspaces.
const UNBOUND = ['clients', 'client_keys', 'dictionaries', 'dictionary_entries', 'client_views'];

const COLUMN = `
ALTER TABLE clients ADD COLUMN source_id uuid;

-- Texts that name no entry become entries, at the end of the list.
INSERT INTO dictionary_entries (workspace_id, id, dictionary_id, code, title_ru, position)
SELECT d.workspace_id, gen_random_uuid(), d.id, 'source_' || left(md5(old.key), 12), old.title,
  (SELECT coalesce(max(e.position) + 1, 0) FROM dictionary_entries e
   WHERE e.workspace_id = d.workspace_id AND e.dictionary_id = d.id AND e.parent_id IS NULL)
  + row_number() OVER (PARTITION BY d.workspace_id ORDER BY old.key) - 1
FROM (SELECT workspace_id, lower(source) AS key, left(min(source), 200) AS title FROM clients
      WHERE source IS NOT NULL GROUP BY 1, 2) old
JOIN dictionaries d ON d.workspace_id = old.workspace_id AND d.code = 'sources'
WHERE NOT EXISTS (SELECT FROM dictionary_entries e WHERE e.workspace_id = d.workspace_id AND e.dictionary_id = d.id
  AND old.key IN (e.code, lower(e.title_ru), lower(e.title_en)));
UPDATE dictionaries SET version = nextval('dictionary_versions') WHERE code = 'sources';

UPDATE clients c SET source_id = (
  SELECT e.id FROM dictionary_entries e JOIN dictionaries d ON d.workspace_id = e.workspace_id AND d.id = e.dictionary_id
  WHERE e.workspace_id = c.workspace_id AND d.code = 'sources'
    AND lower(c.source) IN (e.code, lower(e.title_ru), lower(e.title_en))
  ORDER BY e.code = lower(c.source) DESC, e.archived_at IS NULL DESC, e.position LIMIT 1)
WHERE c.source IS NOT NULL;

-- A saved filter by a source that nobody has any more asks for nothing.
UPDATE client_views v SET query = (v.query - 'source') || coalesce((
  SELECT jsonb_build_object('sourceId', e.id) FROM dictionary_entries e
  JOIN dictionaries d ON d.workspace_id = e.workspace_id AND d.id = e.dictionary_id
  WHERE e.workspace_id = v.workspace_id AND d.code = 'sources'
    AND lower(v.query ->> 'source') IN (e.code, lower(e.title_ru), lower(e.title_en))
  ORDER BY e.code = lower(v.query ->> 'source') DESC, e.position LIMIT 1), '{}')
WHERE v.query ? 'source';

DELETE FROM client_keys WHERE key LIKE 'src:%';
INSERT INTO client_keys (workspace_id, key, client_id)
SELECT workspace_id, 'src:' || source_id, id FROM clients WHERE source_id IS NOT NULL;
`;

const CONTRACT = `
DROP VIEW clients_searched;
-- What it said is in source_id, and in the titles of the entries.
ALTER TABLE clients DROP COLUMN source,
  ADD CONSTRAINT clients_source FOREIGN KEY (workspace_id, source_id) REFERENCES dictionary_entries (workspace_id, id);
-- For the question whether an entry is in use.
CREATE INDEX clients_of_source ON clients (workspace_id, source_id) WHERE source_id IS NOT NULL;
CREATE VIEW clients_searched AS
  SELECT workspace_id, id, kind, name, names, phones, emails, messengers, addresses, inn, kpp, ogrn, tags, source_id,
    responsible_id, notes, fields, name_key, search_text,
    main_phone, main_email, version, created_at, created_by, updated_at, deleted_at
  FROM clients WHERE workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid;
GRANT SELECT ON clients_searched TO sdelka_app;
`;

/** A client's source, a text until now, becomes an entry of the dictionary `sources`. */
export class TakeSourcesFromDictionary202611240021 implements MigrationInterface {
  name = 'TakeSourcesFromDictionary0202611240021';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of UNBOUND) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(COLUMN);
    // What is left to be checked is checked before a table is altered.
    await runner.query('SET CONSTRAINTS ALL IMMEDIATE');
    // A new foreign key, too, is checked by the owner.
    await runner.query(CONTRACT);
    for (const table of UNBOUND) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
