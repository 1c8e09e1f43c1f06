import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { asBearer, found, identityHouse, type IdentityHouse, signIn } from '#testing/identity-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { encodeCursor, type PageRequest } from '../../../shared/paging.js';
import { userActor } from '../../services/user-actor.js';
import { ListAuditQuery } from './list-audit.query.js';
import type { AuditFilter, AuditPageView } from './list-audit.view.js';

const OTHER = '01900000-0000-7000-8000-0000000000ff';

let database: TestDatabase;
let house: IdentityHouse;
let workspaceId: WorkspaceId;
let accessToken: string;

beforeAll(async () => {
  database = await testDatabase();
  house = await identityHouse(database);
  workspaceId = await found(house);
  ({ accessToken } = await signIn(house));
  await database.owner.query('DELETE FROM audit_log');
  // Ten lines a microsecond apart, two of them at the same instant; and one of another workspace.
  await database.owner.query(
    `INSERT INTO audit_log (workspace_id, at, id, command, actor_kind, actor_id, entity_type, entity_id, correlation_id)
     SELECT $1, timestamptz '2026-11-20 12:00:00.123456Z' + greatest(n, 1) * interval '1 microsecond', gen_random_uuid(),
            CASE WHEN n < 5 THEN 'CopyDeals' ELSE 'Login' END, 'user', 'u' || n % 2, 'deals.copy', 'e' || n, 'c'
     FROM generate_series(0, 9) AS n`,
    [workspaceId],
  );
  await database.owner.query(
    `INSERT INTO audit_log (workspace_id, id, command, actor_kind, entity_type, entity_id, correlation_id)
     VALUES ($1, gen_random_uuid(), 'Login', 'user', 'deals.copy', 'foreign', 'c')`,
    [OTHER],
  );
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

const list = (filter: AuditFilter, page: PageRequest = { limit: 200 }): Promise<AuditPageView> =>
  asBearer(house, accessToken, () => house.bus.ask(new ListAuditQuery(filter, page)));

const entities = async (filter: AuditFilter): Promise<readonly string[]> =>
  (await list(filter)).items.map(({ entityId }) => entityId);

describe('ListAuditQuery', () => {
  it('answers newest first, and nothing of another workspace', async () => {
    const ids = await entities({});
    expect(ids.slice(0, 8)).toEqual(['e9', 'e8', 'e7', 'e6', 'e5', 'e4', 'e3', 'e2']);
    expect([...ids.slice(8)].sort()).toEqual(['e0', 'e1']);
  });

  it.each([1, 3, 9, 10])('gives every line once in pages of %i', async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({}, { limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map(({ entityId }) => entityId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(await entities({}));
  });

  it('filters by each part, and by all of them together', async () => {
    expect(await entities({ command: 'Login' })).toEqual(['e9', 'e8', 'e7', 'e6', 'e5']);
    expect(await entities({ actorId: 'u1' })).toEqual(['e9', 'e7', 'e5', 'e3', 'e1']);
    expect(await entities({ entityType: 'deals.copy', entityId: 'e4' })).toEqual(['e4']);
    expect(await entities({ entityType: 'crm.connection' })).toEqual([]);
    expect(await entities({ command: 'Login', actorId: 'u0', entityId: 'e6' })).toEqual(['e6']);
    expect(await entities({ from: new Date('2026-11-20T12:00:00.124Z') })).toEqual([]);
    expect(
      await entities({ from: new Date('2026-11-20T12:00:00.123Z'), to: new Date('2026-11-20T12:00:00.124Z') }),
    ).toHaveLength(10);
  });

  it.each([
    'x',
    encodeCursor(['2026', 'x']),
    encodeCursor([1]),
    encodeCursor([1.5, OTHER]),
    encodeCursor([1, 'x']),
    encodeCursor([-1, OTHER]),
  ])('refuses the cursor %p', async (cursor) => {
    const fault = { code: 'shared.validation_failed', issues: [{ path: 'cursor', code: 'malformed' }] };
    await expect(list({}, { limit: 1, cursor })).rejects.toMatchObject(fault);
  });

  it('takes any cursor that it could have given', async () => {
    expect((await list({}, { limit: 1, cursor: encodeCursor([0, OTHER]) })).items).toEqual([]);
    expect((await list({}, { limit: 1, cursor: encodeCursor([Number.MAX_SAFE_INTEGER, OTHER]) })).items).toHaveLength(
      1,
    );
  });

  it('refuses an impossible instant', async () => {
    await expect(list({ to: new Date(NaN) })).rejects.toMatchObject({ issues: [{ path: 'to' }] });
  });

  it('is not for operators', async () => {
    const attempt = asBearer(house, accessToken, ({ actor }) => {
      if (actor.kind !== 'user') throw new Error('A user is signed in');
      return house.as({ workspaceId, actor: userActor(actor.id, actor.email, 'operator') }, () =>
        house.bus.ask(new ListAuditQuery({}, { limit: 1 })),
      );
    });
    await expect(attempt).rejects.toMatchObject({ code: 'shared.forbidden' });
  });
});
