import pg from 'pg';
import { copyIn } from './copy-in.js';
import { MANY_CLIENTS_COLUMNS, MANY_KEYS_COLUMNS, idOfSource, manyClients } from './many-clients.js';

const SOURCES = `
  INSERT INTO dictionary_entries (workspace_id, id, dictionary_id, code, title_ru, position)
  SELECT $1, s.id, d.id, 'many_' || s.n, 'Источник ' || s.n, 100 + s.n
  FROM unnest($2::uuid[]) WITH ORDINALITY AS s (id, n), dictionaries d
  WHERE d.workspace_id = $1 AND d.code = 'sources' ON CONFLICT DO NOTHING`;

const BATCH = 50_000;

/** Give a workspace clients number `from` to `to - 1`, and the planner its statistics. */
export const fillClients = async (ownerUrl: string, workspaceId: string, from: number, to: number): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const sources = Array.from({ length: 8 }, (_, n) => idOfSource(n));
  await client.query(SOURCES, [workspaceId, sources]);
  try {
    for (let first = from; first < to; first += BATCH) {
      const many = Array.from({ length: Math.min(BATCH, to - first) }, (_, index) =>
        manyClients(workspaceId, first + index),
      );
      await copyIn(
        client,
        'clients',
        MANY_CLIENTS_COLUMNS,
        many.map((one) => one.client),
      );
      await copyIn(
        client,
        'client_keys',
        MANY_KEYS_COLUMNS,
        many.flatMap(({ keys }) => keys),
      );
    }
    await client.query('VACUUM ANALYZE clients, client_keys');
  } finally {
    await client.end();
  }
};
