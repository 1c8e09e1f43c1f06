import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '#infrastructure/embedded/embedded-postgres.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';
import type { LocalSecrets } from './settings.js';

export interface LocalDatabase {
  /** Login of the application; owns nothing. */
  readonly url: string;
  readonly server: EmbeddedPostgres;
}

const NAME = 'sdelka';
const LOGIN = 'sdelka_login';

/** Start the embedded PostgreSQL, make the database and its login when they are missing, and migrate. */
export const startDatabase = async (
  dataDir: string,
  { postgresPassword, loginPassword }: LocalSecrets,
  port: number,
): Promise<LocalDatabase> => {
  const server = await EmbeddedPostgres.start({ dataDir: join(dataDir, 'postgres'), password: postgresPassword, port });
  try {
    await createDatabase(server.url());
    await migrate(server.url(NAME));
    await runQueueMigrations(server.url(NAME));
    await createLogin(server.url(NAME), loginPassword);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, url: `postgres://${LOGIN}:${loginPassword}@127.0.0.1:${server.port}/${NAME}` };
};

const createDatabase = (adminUrl: string): Promise<void> =>
  withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`);
  });

const createLogin = (url: string, password: string): Promise<void> =>
  withClient(url, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [LOGIN]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${LOGIN} LOGIN`);
    await client.query(`ALTER ROLE ${LOGIN} PASSWORD ${client.escapeLiteral(password)}`);
    await client.query(`GRANT sdelka_app, sdelka_system TO ${LOGIN}`);
  });

const withClient = async (connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};
