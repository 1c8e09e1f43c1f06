import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/postgres/shared/data-source.js';

/** A migrated database of a test file's own. */
export interface TestDatabase {
  /** Login of the application: a member of `sdelka_app` and `sdelka_system`, owner of nothing. */
  readonly url: string;
  /** Login of the superuser, for looking past row-level security. */
  readonly ownerUrl: string;
  /** A small pool as the superuser. */
  readonly owner: DataSource;
  /** A small pool that acts as `sdelka_app`. */
  readonly app: DataSource;
  close(): Promise<void>;
}

const clusterUrl = (): string => {
  const url = process.env.SDELKA_TEST_DATABASE_URL;
  if (!url) throw new Error('No test cluster: run the tests with "npm test", which starts one');
  return url;
};

/** Clone the template into a database of this test file's own; close it in `afterAll`. */
export const testDatabase = async (): Promise<TestDatabase> => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE sdelka_template`);
  const ownerUrl = withDatabase(clusterUrl(), name);
  const url = ownerUrl.replace('postgres://postgres:', 'postgres://sdelka_login:');
  const owner = await createDataSource({ url: ownerUrl, poolSize: 3, applicationName: 'test-owner' }).initialize();
  const app = await createDataSource({
    url,
    poolSize: 3,
    role: 'sdelka_app',
    applicationName: 'test-app',
  }).initialize();
  return {
    url,
    ownerUrl,
    owner,
    app,
    close: async () => {
      await Promise.all([owner.destroy(), app.destroy()]);
      await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
};

const withDatabase = (url: string, name: string): string => {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.toString();
};

const asAdmin = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: clusterUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};
