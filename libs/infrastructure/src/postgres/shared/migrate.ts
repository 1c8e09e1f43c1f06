import type { DataSource } from 'typeorm';
import { migrations } from '#migrations/index.js';
import { createDataSource } from './data-source.js';

/**
 * Bring the database at `url` to the newest version. Several processes may call it at once: one works, the others wait.
 *
 * @param url  login that may create tables and roles
 * @returns names of the migrations that were run
 */
export const migrate = async (url: string): Promise<readonly string[]> => {
  const dataSource = await createDataSource({ url, poolSize: 2, applicationName: 'sdelka-migrate' }).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SET lock_timeout = 0; SET statement_timeout = 0');
    await lock.query(`SELECT pg_advisory_lock(hashtextextended('sdelka-migrations', 0))`);
    const done = await dataSource.runMigrations();
    await grantRoles(dataSource);
    return done.map(({ name }) => name);
  } finally {
    // Also frees the session's advisory lock.
    await lock.release();
    await dataSource.destroy();
  }
};

/** The login must be able to become the roles that the application acts as. */
const grantRoles = (dataSource: DataSource) => dataSource.query('GRANT sdelka_app, sdelka_system TO CURRENT_USER');

/**
 * Names of the migrations that the code expects and the database lacks.
 * The processes refuse to start behind them.
 */
export const pendingMigrations = async (dataSource: DataSource): Promise<readonly string[]> => {
  const [table] = await dataSource.query<{ found: string | null }[]>(
    `SELECT to_regclass('public.migrations') AS found`,
  );
  const expected = migrations.map((type) => new type().name);
  if (!table?.found) return expected;
  const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations');
  const done = new Set(rows.map(({ name }) => name));
  return expected.filter((name) => !done.has(name));
};
