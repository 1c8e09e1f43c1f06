import { nearNameKeys } from '#domain/clients/client-keys.js';
import { onlyWord } from '#domain/clients/close-names.js';
import type { DuplicateSigns } from '#application/clients/ports/client-screens.js';
import { LAST_CHARACTER, like, type Statement } from './client-list-sql.js';

/** Names that are compared. A very common one has more that are close; then those that are shown are as good as the others. */
const MAX_COMPARED = 200;
/** The same of each of the many sounds that a slip may have made of one. */
const MAX_OF_ONE_SOUND = 20;
const MAX_SHARED = 50;
const MAX_SHOWN = 10;
/** pg_trgm's word similarity from which on a name is close; its own usual threshold is 0.6. */
const CLOSE = 0.5;
/** The same of names that sound alike. */
const CLOSE_IN_SOUND = 0.4;

/**
 * Clients that share a key, or whose name sounds like the one given. One statement with two looks into an index, both bounded.
 * The last join is by a plain column: by anything else, row-level security would keep it from the index.
 */
export const duplicatesStatement = (
  workspaceId: string,
  { keys, nameKey, soundKey, exceptId }: DuplicateSigns,
): Statement => ({
  sql: sqlFor(SOUNDING_ALIKE, CLOSE_IN_SOUND),
  values: [workspaceId, keys, nameKey, exceptId ?? null, soundKey],
});

/**
 * The same for a name that nobody's sounds like: names whose sound is one slip away, names that begin so, and for a single word
 * names that have it somewhere. All of it is looked up: pg_trgm's own similarity search would read the lists of half of a name's
 * trigrams, a quarter of a second for common ones among a million clients. Null when the name says nothing.
 */
export const misspeltStatement = (
  workspaceId: string,
  { keys, nameKey, exceptId }: DuplicateSigns,
): Statement | null => {
  if (nameKey === null) return null;
  const near = nearNameKeys(nameKey);
  const start = [...nameKey].slice(0, Math.min(MAX_START, Math.max(MIN_START, [...nameKey].length - ENDING))).join('');
  const word = onlyWord(nameKey);
  const values = [workspaceId, keys, nameKey, exceptId ?? null, near, start, start + LAST_CHARACTER];
  const compared = [SOUNDING_NEARLY_ALIKE, BEGINNING_ALIKE, ...(word === null ? [] : [HAVING_THE_WORD])];
  return {
    sql: sqlFor(compared.map((candidates) => `(${candidates})`).join(' UNION '), CLOSE),
    values: word === null ? values : [...values, like(word)],
  };
};

/** Letters at the end of a name that may differ; so many at its beginning may not, and so many are compared. */
const ENDING = 2;
const MIN_START = 4;
const MAX_START = 60;

const SOUNDING_ALIKE = `
  (SELECT c.id, c.name_key FROM (
    SELECT client_id FROM client_keys WHERE workspace_id = $1 AND key = $5 LIMIT ${MAX_COMPARED}) k
  JOIN clients c ON c.workspace_id = $1 AND c.id = k.client_id WHERE c.deleted_at IS NULL)
  UNION
  -- The very same name must not be lost among many that sound like it.
  (SELECT id, name_key FROM clients WHERE workspace_id = $1 AND deleted_at IS NULL AND name_key = $3 LIMIT ${MAX_SHOWN})`;

const SOUNDING_NEARLY_ALIKE = `
  SELECT c.id, c.name_key FROM unnest($5::text[]) AS near (key)
  CROSS JOIN LATERAL (
    SELECT client_id FROM client_keys k WHERE k.workspace_id = $1 AND k.key = near.key LIMIT ${MAX_OF_ONE_SOUND}) k
  JOIN clients c ON c.workspace_id = $1 AND c.id = k.client_id WHERE c.deleted_at IS NULL LIMIT ${MAX_COMPARED}`;

const BEGINNING_ALIKE = `
  SELECT id, name_key FROM clients
  WHERE workspace_id = $1 AND deleted_at IS NULL AND name_key >= $6 AND name_key < $7 LIMIT ${MAX_COMPARED}`;

const HAVING_THE_WORD = `
  SELECT id, name_key FROM clients_searched
  WHERE workspace_id = $1 AND deleted_at IS NULL AND search_text LIKE $8 LIMIT ${MAX_COMPARED}`;

const sqlFor = (compared: string, threshold: number): string => `
  WITH shared AS (
    SELECT client_id, array_agg(key ORDER BY array_position($2::text[], key)) AS keys FROM (
      SELECT k.client_id, k.key FROM client_keys k JOIN clients c ON c.workspace_id = $1 AND c.id = k.client_id
      -- Before the limit: clients that are deleted keep their keys, and must not stand before those that are not.
      WHERE k.workspace_id = $1 AND k.key = ANY ($2::text[]) AND c.deleted_at IS NULL AND c.id IS DISTINCT FROM $4::uuid
      LIMIT ${MAX_SHARED}) k
    GROUP BY client_id
  ), close AS (
    SELECT id AS client_id FROM (${compared}) compared
    WHERE word_similarity($3::text, name_key) >= ${threshold}
    ORDER BY similarity($3::text, name_key) DESC LIMIT ${MAX_SHOWN}
  ), found AS (
    SELECT client_id, max(keys) AS keys, bool_or(is_close) AS is_close FROM (
      SELECT client_id, keys, false AS is_close FROM shared
      UNION ALL SELECT client_id, NULL, true FROM close) either
    GROUP BY client_id
  )
  SELECT c.id, c.kind, c.name, c.main_phone AS phone, c.main_email AS email, found.keys, found.is_close AS "isClose",
    coalesce(word_similarity($3, c.name_key), 0)::float8 AS similarity
  FROM found JOIN clients c ON c.workspace_id = $1 AND c.id = found.client_id
  WHERE c.deleted_at IS NULL AND c.id IS DISTINCT FROM $4::uuid
  ORDER BY coalesce(cardinality(found.keys), 0) DESC, similarity($3, c.name_key) DESC NULLS LAST, c.id DESC
  LIMIT ${MAX_SHOWN}`;
