import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Every change of a dictionary takes a new number, so that a version never comes back, not even after a code was
-- deleted and made again: caches may trust it.
CREATE SEQUENCE dictionary_versions AS integer;
GRANT USAGE ON SEQUENCE dictionary_versions TO sdelka_app;

CREATE TABLE dictionaries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,59}$'),
  title_ru text NOT NULL CHECK (length(title_ru) BETWEEN 1 AND 200),
  title_en text CHECK (length(title_en) BETWEEN 1 AND 200),
  is_system boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT nextval('dictionary_versions'),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, code)
);

CREATE TABLE dictionary_entries (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  dictionary_id uuid NOT NULL,
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,59}$'),
  title_ru text NOT NULL CHECK (length(title_ru) BETWEEN 1 AND 200),
  title_en text CHECK (length(title_en) BETWEEN 1 AND 200),
  parent_id uuid,
  position integer NOT NULL CHECK (position >= 0),
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, dictionary_id, code),
  FOREIGN KEY (workspace_id, dictionary_id) REFERENCES dictionaries (workspace_id, id),
  FOREIGN KEY (workspace_id, parent_id) REFERENCES dictionary_entries (workspace_id, id) DEFERRABLE INITIALLY DEFERRED,
  CHECK (parent_id <> id)
);
CREATE INDEX dictionary_entries_order ON dictionary_entries (workspace_id, dictionary_id, position);
CREATE INDEX dictionary_entries_parent ON dictionary_entries (workspace_id, parent_id) WHERE parent_id IS NOT NULL;
`;

const SEEDS = `
CREATE FUNCTION sdelka_seed_dictionaries(workspace uuid) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
  INSERT INTO dictionaries (workspace_id, id, code, title_ru, title_en, is_system)
  SELECT workspace, gen_random_uuid(), d.code, d.ru, d.en, true
  FROM (VALUES
    ('sources', 'Источники', 'Sources'),
    ('contact_kinds', 'Виды контактов', 'Kinds of contact'),
    ('interaction_results', 'Результаты взаимодействий', 'Results of interactions'),
    ('reasons', 'Причины', 'Reasons'),
    ('positions', 'Должности', 'Positions')) AS d (code, ru, en)
  ON CONFLICT DO NOTHING;
  INSERT INTO dictionary_entries (workspace_id, id, dictionary_id, code, title_ru, title_en, position)
  SELECT workspace, gen_random_uuid(), d.id, e.code, e.ru, e.en, e.position
  FROM (VALUES
    ('sources', 0, 'website', 'Сайт', 'Website'),
    ('sources', 1, 'phone_call', 'Звонок', 'Phone call'),
    ('sources', 2, 'recommendation', 'Рекомендация', 'Recommendation'),
    ('sources', 3, 'advertising', 'Реклама', 'Advertising'),
    ('sources', 4, 'exhibition', 'Выставка', 'Exhibition'),
    ('sources', 5, 'amocrm', 'amoCRM', 'amoCRM'),
    ('contact_kinds', 0, 'mobile', 'Мобильный', 'Mobile'),
    ('contact_kinds', 1, 'work', 'Рабочий', 'Work'),
    ('contact_kinds', 2, 'home', 'Домашний', 'Home'),
    ('contact_kinds', 3, 'other', 'Другой', 'Other'),
    ('interaction_results', 0, 'reached', 'Дозвонились', 'Reached'),
    ('interaction_results', 1, 'no_answer', 'Нет ответа', 'No answer'),
    ('interaction_results', 2, 'call_back', 'Просил перезвонить', 'Asked to call back'),
    ('interaction_results', 3, 'interested', 'Интересно', 'Interested'),
    ('interaction_results', 4, 'refused', 'Отказ', 'Refused'),
    ('interaction_results', 5, 'wrong_number', 'Неверный номер', 'Wrong number'),
    ('reasons', 0, 'too_expensive', 'Дорого', 'Too expensive'),
    ('reasons', 1, 'chose_competitor', 'Выбрали конкурента', 'Chose a competitor'),
    ('reasons', 2, 'no_need', 'Нет потребности', 'No need'),
    ('reasons', 3, 'lost_contact', 'Потерян контакт', 'Lost contact'),
    ('reasons', 4, 'other', 'Другое', 'Other'),
    ('positions', 0, 'director', 'Директор', 'Director'),
    ('positions', 1, 'manager', 'Менеджер', 'Manager'),
    ('positions', 2, 'accountant', 'Бухгалтер', 'Accountant'),
    ('positions', 3, 'engineer', 'Инженер', 'Engineer'),
    ('positions', 4, 'secretary', 'Секретарь', 'Secretary')) AS e (dictionary, position, code, ru, en)
  JOIN dictionaries d ON d.workspace_id = workspace AND d.code = e.dictionary
  ON CONFLICT DO NOTHING;
$$;

CREATE FUNCTION sdelka_seed_new_workspace() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM sdelka_seed_dictionaries(NEW.id);
  RETURN NULL;
END $$;

-- Whoever makes a workspace, by whichever way, makes it with its dictionaries.
CREATE TRIGGER seed_dictionaries AFTER INSERT ON workspaces FOR EACH ROW EXECUTE FUNCTION sdelka_seed_new_workspace();

-- Before the policies, which would refuse rows of many workspaces.
SELECT sdelka_seed_dictionaries(id) FROM workspaces;

SELECT sdelka_tenant_table('dictionaries');
SELECT sdelka_tenant_table('dictionary_entries');
`;

/** Dictionaries of a workspace: the ones that the product knows, with first entries, and the workspace's own. */
export class AddDictionaries202611230080 implements MigrationInterface {
  name = 'AddDictionaries0202611230080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(SEEDS);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
