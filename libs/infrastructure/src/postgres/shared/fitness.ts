import type { DataSource } from 'typeorm';
import { pendingMigrations } from './migrate.js';

/**
 * Refuse to work with a database that is behind the code, or as a role that row-level security does not bind.
 *
 * @throws Error with one line that says what the operator must do
 */
export const assertDatabaseIsFit = async (dataSource: DataSource): Promise<void> => {
  const [role] = await dataSource.query<{ name: string; unbound: boolean }[]>(
    'SELECT rolname AS name, rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = current_user',
  );
  if (!role || role.unbound) throw new Error(`The database role ${role?.name ?? '?'} would bypass row-level security`);
  const pending = await pendingMigrations(dataSource);
  if (pending.length > 0) throw new Error(`The database is ${pending.length} migrations behind: run "npm run migrate"`);
};
