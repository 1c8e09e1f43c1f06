import pg from 'pg';
import { copyIn } from './copy-in.js';
import { MANY_CLIENTS_COLUMNS, MANY_KEYS_COLUMNS, manyClients } from './many-clients.js';

const BATCH = 50_000;

/** Give a workspace clients number `from` to `to - 1`, and the planner its statistics. */
export const fillClients = async (ownerUrl: string, workspaceId: string, from: number, to: number): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
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
