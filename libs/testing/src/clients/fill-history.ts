import pg from 'pg';
import { idOfMany } from './many-clients.js';

const ENTRIES = `
  INSERT INTO client_entries (workspace_id, id, client_id, kind, at, text, author_kind, author_id, created_at, pinned_at)
  SELECT $1, ('01890000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
    CASE WHEN n <= $4::int THEN $3::uuid
      ELSE ('01890000-0000-7000-8000-' || lpad((1 + n % $4::int)::text, 12, '0'))::uuid END,
    (ARRAY['comment', 'comment', 'comment', 'call', 'email', 'meeting'])[1 + n / 7 % 6],
    timestamptz '2026-01-01Z' + n * interval '1 minute', 'Перезвонить № ' || n, 'user', $2::text,
    timestamptz '2026-01-01Z' + n * interval '1 minute', CASE WHEN n IN (3, 5) THEN timestamptz '2026-02-01Z' END
  FROM generate_series(1, $4::int * 2) n`;

const TRAIL = `
  INSERT INTO audit_log (workspace_id, at, id, command, actor_kind, actor_id, entity_type, entity_id, correlation_id)
  SELECT $1, timestamptz '2026-10-01Z' + n * interval '30 seconds', gen_random_uuid(),
    (ARRAY['CreateClient', 'UpdateClient', 'AddComment', 'Login'])[1 + n % 4], (ARRAY['user', 'key'])[1 + n / 5 % 2],
    $2::text, (ARRAY['clients.client', 'clients.entry'])[1 + n % 2], 'record-' || n % 5000, 'bench'
  FROM generate_series(1, $3::int) n`;

const FIGURES = `
  WITH e AS (INSERT INTO analytics_editions (workspace_id, time_zone) VALUES ($1, 'UTC'))
  INSERT INTO analytics_days (workspace_id, edition, day, member_id, new_clients, comments)
  SELECT $1, 1, date '2026-01-01' + n, $2::text, 1 + n % 9, 1 + n % 7 FROM generate_series(1, $3::int / 2) n`;

const LINKS = `
  INSERT INTO client_links (workspace_id, person_id, company_id, position, created_at)
  SELECT $1, p.id, c.id, 'Директор', now()
  FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM clients WHERE workspace_id = $1 AND kind = 'person' LIMIT $2) p
  JOIN (SELECT id, row_number() OVER (ORDER BY id) n FROM clients WHERE workspace_id = $1 AND kind = 'company' LIMIT $2) c
    ON c.n = 1 + p.n / 10`;

/**
 * Give a workspace that `fillClients` filled what happened in it: client number 1 has as many entries as all the others together,
 * `many` each; as many audit lines and figures. The planner gets its statistics.
 */
export const fillHistory = async (
  ownerUrl: string,
  workspaceId: string,
  memberId: string,
  many: number,
): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(ENTRIES, [workspaceId, memberId, idOfMany(1), many]);
    await client.query(TRAIL, [workspaceId, memberId, many]);
    await client.query(FIGURES, [workspaceId, memberId, many]);
    await client.query(LINKS, [workspaceId, many]);
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
};
