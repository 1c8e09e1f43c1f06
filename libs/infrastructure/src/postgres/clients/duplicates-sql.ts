/**
 * Close names that are looked at. A very common name has more of them; then those that are shown are as good as the others.
 */
const MAX_LOOKED_AT = 500;
const MAX_SHARED = 50;
const MAX_SHOWN = 10;

/**
 * Clients that share one of the keys ($2), or whose name is close to $3. One statement with two looks into indexes, both
 * bounded. `<%` is pg_trgm's word similarity above its usual threshold of 0.6: what was typed, somewhere in the text.
 * The last join is by a plain column: by anything else, row-level security would keep it from the index.
 */
export const DUPLICATES = `
  WITH shared AS (
    SELECT client_id, array_agg(key ORDER BY array_position($2::text[], key)) AS keys FROM (
      SELECT client_id, key FROM client_keys WHERE workspace_id = $1 AND key = ANY ($2::text[]) LIMIT ${MAX_SHARED}) k
    GROUP BY client_id
  ), close AS (
    SELECT id AS client_id FROM (
      SELECT id, similarity($3::text, name_key) AS closeness FROM clients_searched
      WHERE workspace_id = $1 AND deleted_at IS NULL AND $3::text <% search_text LIMIT ${MAX_LOOKED_AT}) looked_at
    ORDER BY closeness DESC LIMIT ${MAX_SHOWN}
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
