import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '#infrastructure/embedded/embedded-postgres.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';

export interface TestCluster {
  readonly server: EmbeddedPostgres;
  readonly folder: string;
}

declare global {
  // Jest's set-up and tear-down have no other way to share a value.
  var sdelkaTestCluster: TestCluster | undefined;
}

/**
 * One PostgreSQL for the whole run, with a migrated template that every test file clones. The role that tests sign in
 * with owns nothing, so row-level security binds them as it binds the product.
 */
const globalSetup = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sdelka-test-'));
  const server = await EmbeddedPostgres.start({
    dataDir: join(folder, 'postgres'),
    password: 'test',
    outlives: 'orderly-stop',
  });
  globalThis.sdelkaTestCluster = { server, folder };
  try {
    await makeTemplate(server);
  } catch (error) {
    // Jest calls no tear-down after a failed set-up.
    await server.stop();
    throw error;
  }
  process.env.SDELKA_TEST_DATABASE_URL = server.url();
};

const makeTemplate = async (server: EmbeddedPostgres): Promise<void> => {
  await migrateTemplate(server, 'sdelka_template');
  const admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
  try {
    await admin.query(`CREATE ROLE sdelka_login LOGIN PASSWORD 'test'`);
    await admin.query('GRANT sdelka_app, sdelka_system TO sdelka_login');
    await admin.query('ALTER DATABASE sdelka_template IS_TEMPLATE true');
  } finally {
    await admin.end();
  }
};

const migrateTemplate = async (server: EmbeddedPostgres, name: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`).finally(() => admin.end());
  await migrate(server.url(name));
  await runQueueMigrations(server.url(name));
};

export default globalSetup;
