import { closeNameGroups } from '#domain/clients/close-names.js';
import type { DuplicateSigns } from '#application/clients/ports/client-screens.js';
import { like, type Statement } from './client-list-sql.js';

/** Names that are compared. A very common one has more that are close; then those that are shown are as good as the others. */
const MAX_COMPARED = 200;
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
 * The same for a name that nobody's sounds like: by fragments of it, for a wrong consonant. pg_trgm's own similarity search would
 * read the lists of half of a name's trigrams, a quarter of a second for common ones among a million clients; so fragments
 * choose, and similarity judges. Null when the name has no fragments.
 */
export const misspeltStatement = (
  workspaceId: string,
  { keys, nameKey, exceptId }: DuplicateSigns,
): Statement | null => {
  const values: unknown[] = [workspaceId, keys, nameKey, exceptId ?? null];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const groups = nameKey === null ? [] : closeNameGroups(nameKey);
  if (groups.length === 0) return null;
  const close = groups.map((group) => group.map((part) => `search_text LIKE ${place(like(part))}`).join(' AND '));
  return { sql: sqlFor(withFragments(close.join(' OR ')), CLOSE), values };
};

const SOUNDING_ALIKE = `
  SELECT c.id, c.name_key FROM (
    SELECT client_id FROM client_keys WHERE workspace_id = $1 AND key = $5 LIMIT ${MAX_COMPARED}) k
  JOIN clients c ON c.workspace_id = $1 AND c.id = k.client_id WHERE c.deleted_at IS NULL`;

const withFragments = (condition: string): string => `
  SELECT id, name_key FROM clients_searched
  WHERE workspace_id = $1 AND deleted_at IS NULL AND (${condition}) LIMIT ${MAX_COMPARED}`;

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
