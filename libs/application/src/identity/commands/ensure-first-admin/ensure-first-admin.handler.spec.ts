import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, identityHouse, type IdentityHouse, signIn } from '#testing/identity-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { EnsureFirstAdminCommand } from './ensure-first-admin.command.js';

let database: TestDatabase;
let houses: readonly [IdentityHouse, IdentityHouse];

beforeAll(async () => {
  database = await testDatabase();
  houses = [await identityHouse(database), await identityHouse(database)];
});
afterAll(async () => {
  await Promise.all(houses.map(({ module }) => module.close()));
  await database.close();
});

const ensure = ({ as, bus }: IdentityHouse, input = ADMIN as { email: string; password: string }) =>
  as({ actor: { kind: 'system' } }, () => bus.execute(new EnsureFirstAdminCommand(input)));

const count = async (): Promise<unknown> => {
  const sql = `SELECT (SELECT count(*)::int FROM workspaces) AS workspaces, (SELECT count(*)::int FROM users) AS users,
                      (SELECT count(*)::int FROM memberships) AS memberships, (SELECT count(*)::int FROM audit_log) AS lines`;
  return (await database.owner.query<unknown[]>(sql))[0];
};

describe('EnsureFirstAdminCommand', () => {
  it('is for the product itself', async () => {
    const attempt = houses[0].as({}, () => houses[0].bus.execute(new EnsureFirstAdminCommand(ADMIN)));
    await expect(attempt).rejects.toMatchObject({ code: 'shared.unauthenticated' });
  });

  it('refuses an empty e-mail or password', async () => {
    const fault = { code: 'shared.validation_failed', issues: [{ path: 'email' }, { path: 'password' }] };
    await expect(ensure(houses[0], { email: ' ', password: '' })).rejects.toMatchObject(fault);
  });

  it('founds once, however many processes try at once', async () => {
    const outcomes = await Promise.all([...houses, ...houses].map((house) => ensure(house)));
    expect(outcomes.filter(({ created }) => created !== null)).toHaveLength(1);
    expect(await count()).toEqual({ workspaces: 1, users: 1, memberships: 1, lines: 1 });
  });

  it('changes nothing later on, whatever the environment says', async () => {
    expect(await ensure(houses[1], { email: 'other@example.com', password: 'another password' })).toEqual({
      created: null,
    });
    expect(await count()).toMatchObject({ workspaces: 1, users: 1 });
    await expect(signIn(houses[0])).resolves.toHaveProperty('accessToken');
  });
});
