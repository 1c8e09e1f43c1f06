import { DataSource } from 'typeorm';
import { migrations } from '#migrations/index.js';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most. */
  readonly poolSize: number;
  /** Role to act as, whatever the login is; undefined = the login itself (migrations). */
  readonly role?: 'sdelka_app' | 'sdelka_system';
  /** Shown by `pg_stat_activity`. */
  readonly applicationName: string;
}

/**
 * A connection pool that acts as `role` from its first statement on: the role owns nothing and cannot bypass
 * row-level security even when the login could.
 */
export const createDataSource = ({ url, poolSize, role, applicationName }: DatabaseOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName,
    migrations: role ? [] : [...migrations],
    migrationsTransactionMode: 'each',
    extra: {
      options: [role && `-c role=${role}`, '-c timezone=UTC', '-c statement_timeout=30s', '-c lock_timeout=10s']
        .filter(Boolean)
        .join(' '),
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    },
  });
