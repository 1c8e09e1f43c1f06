import type pg from 'pg';
import { Argon2PasswordHasher } from '#infrastructure/crypto/argon2-password-hasher.js';
import { clientIdSql, commentIdSql, sourceIdSql, userIdSql, WORKSPACE_ID } from './ids.js';
import { COMPANY, copyClients } from './seed-clients.js';

/** What everybody in the seed signs in with. */
export const PASSWORD = 'bench-password';

// Its days are the seed's.
const WORKSPACE = `INSERT INTO workspaces (id, name, time_zone) VALUES ($1, 'Сравнение', 'UTC')`;

const USERS = `
  INSERT INTO users (id, email, email_key, name, password_hash, created_at)
  SELECT ${userIdSql('id')}, email, lower(email), full_name, $1, created_at FROM seed.users`;

// A head may delete, a manager may not: of our roles that is a manager and an operator.
const MEMBERSHIPS = `
  INSERT INTO memberships (workspace_id, user_id, role, created_at)
  SELECT $1, ${userIdSql('id')},
    CASE role WHEN 'admin' THEN 'admin' WHEN 'head' THEN 'manager' WHEN 'manager' THEN 'operator' ELSE 'viewer' END, created_at
  FROM seed.users`;

const SOURCES = `
  INSERT INTO dictionary_entries (workspace_id, id, dictionary_id, code, title_ru, position)
  SELECT $1, ${sourceIdSql('s.id')}, d.id, 'seed_' || s.code, s.name, 100 + s.id
  FROM seed.sources s, dictionaries d WHERE d.workspace_id = $1 AND d.code = 'sources'`;

const FIELD = `
  INSERT INTO client_fields (workspace_id, id, code, type, title, applies_to, is_required, is_unique, position, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, false, false, 0, now(), now())`;

const COMMENTS = `
  INSERT INTO client_entries (workspace_id, id, client_id, kind, at, text, author_kind, author_id, created_at)
  SELECT $1, ${commentIdSql('id')}, ${clientIdSql('client_id')}, 'comment', created_at, body, 'user',
    ${userIdSql('author_id')}::text, created_at
  FROM seed.comments ORDER BY id`;

const FACTS = `
  INSERT INTO analytics_facts (workspace_id, metric, subject_id, member_id, bucket, counts)
  SELECT workspace_id, 'new_clients', id, created_by::text, date_bin('15 minutes', created_at, timestamptz 'epoch'), true
  FROM public.clients
  UNION ALL
  SELECT workspace_id, 'comments', id, author_id, date_bin('15 minutes', at, timestamptz 'epoch'), true FROM client_entries`;

const EDITION = `INSERT INTO analytics_editions (workspace_id, time_zone) VALUES ($1, 'UTC')`;

const DAYS = `
  INSERT INTO analytics_days (workspace_id, edition, day, member_id, new_clients, comments)
  SELECT workspace_id, 1, (bucket AT TIME ZONE 'UTC')::date, member_id,
    count(*) FILTER (WHERE metric = 'new_clients'), count(*) FILTER (WHERE metric = 'comments')
  FROM analytics_facts GROUP BY 1, 3, 4 ORDER BY 1, 3, 4`;

/** A workspace with what the seed holds, as the product would hold it. The login must be the server's owner. */
export const fill = async (owner: pg.Client, note: (text: string) => void): Promise<void> => {
  const passwordHash = await new Argon2PasswordHasher().hash(PASSWORD);
  await owner.query(WORKSPACE, [WORKSPACE_ID]);
  await owner.query(USERS, [passwordHash]);
  await owner.query(MEMBERSHIPS, [WORKSPACE_ID]);
  await owner.query(SOURCES, [WORKSPACE_ID]);
  const { id, code, type, title, appliesTo } = COMPANY;
  await owner.query('INSERT INTO client_settings (workspace_id, generation) VALUES ($1, 1)', [WORKSPACE_ID]);
  await owner.query(FIELD, [WORKSPACE_ID, id, code, type, title, appliesTo]);
  // The seed is whole: looking up each reference again would only take time.
  await owner.query(
    `SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '256MB'`,
  );
  await copyClients(owner);
  note('clients copied');
  await owner.query(COMMENTS, [WORKSPACE_ID]);
  note('comments copied');
  await owner.query(FACTS);
  await owner.query(EDITION, [WORKSPACE_ID]);
  await owner.query(DAYS);
  note('figures counted');
  await owner.query('SET session_replication_role = origin');
  await owner.query('VACUUM (ANALYZE, FREEZE)');
  note('vacuumed');
};
