import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const TENANT_TABLES = `
  SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS guarded, c.relispartition AS partition,
    (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant') AS policies,
    has_table_privilege('sdelka_app', c.oid, 'SELECT') AS readable
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`;

interface TenantTable {
  name: string;
  guarded: boolean;
  partition: boolean;
  policies: number;
  readable: boolean;
}

describe('the catalogue', () => {
  it('has a forced policy on every table of a tenant', async () => {
    const tables = await database.owner.query<TenantTable[]>(TENANT_TABLES);
    const whole = tables.filter(({ partition }) => !partition);
    expect(whole.length).toBeGreaterThan(3);
    // Sessions belong to a person and are found before the workspace is known; they are not readable as a tenant's table.
    const open = whole.filter(({ guarded, policies, readable }) => readable && (!guarded || policies !== 1));
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('forgets nothing in a crash: no table is unlogged', async () => {
    const tables = await database.owner.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_class WHERE relpersistence = 'u' AND relkind IN ('r', 'p')`,
    );
    expect(tables).toEqual([]);
  });

  it('opens no partition, whose policy would not be asked, to the application', async () => {
    const tables = await database.owner.query<TenantTable[]>(TENANT_TABLES);
    expect(tables.filter(({ partition, readable }) => partition && readable).map(({ name }) => name)).toEqual([]);
  });

  it('lets the application own nothing and bypass nothing', async () => {
    const [role] = await database.app.query<{ name: string; unbound: boolean; owned: number }[]>(`
      SELECT current_user AS name, rolsuper OR rolbypassrls AS unbound,
        (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owned
      FROM pg_roles WHERE rolname = current_user`);
    expect(role).toEqual({ name: 'sdelka_app', unbound: false, owned: 0 });
  });

  it('hides the rows of another workspace, and all of them without a workspace', async () => {
    const [mine, theirs] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'];
    await database.owner.query(
      `INSERT INTO idempotency_keys (workspace_id, key, fingerprint) VALUES ($1, 'a', 'x'), ($2, 'b', 'y')`,
      [mine, theirs],
    );
    const keysSeenBy = (workspaceId: string) =>
      database.app.transaction(async (manager) => {
        await manager.query(`SELECT set_config('app.workspace_id', $1, true)`, [workspaceId]);
        const rows = await manager.query<{ key: string }[]>('SELECT key FROM idempotency_keys');
        return rows.map(({ key }) => key);
      });
    expect(await keysSeenBy(mine)).toEqual(['a']);
    expect(await keysSeenBy(theirs)).toEqual(['b']);
    expect(await keysSeenBy('')).toEqual([]);
  });
});
