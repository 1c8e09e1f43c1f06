import { runMigrations } from 'bullmq';
import pg from 'pg';

/** Schema of BullMQ's tables in our database. */
export const QUEUE_SCHEMA = 'bullmq';

const GRANTS = `
-- BullMQ makes a sequence for each queue at its first use.
GRANT USAGE, CREATE ON SCHEMA ${QUEUE_SCHEMA} TO sdelka_system;
GRANT ALL ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO sdelka_system;
GRANT ALL ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO sdelka_system;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO sdelka_system;
`;

/** Make or update BullMQ's tables and open them to the system role. `url` is the login that owns the database. */
export const runQueueMigrations = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Held to the end of the session: grants by two processes at once would collide.
    await client.query(`SELECT pg_advisory_lock(hashtextextended('sdelka-queue-migrations', 0))`);
    await runMigrations(client, QUEUE_SCHEMA);
    await client.query(GRANTS);
  } finally {
    await client.end();
  }
};
