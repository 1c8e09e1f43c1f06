import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { PERMISSIONS, permissionsOf } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type AmoUserId, type WorkspaceId } from '#domain/shared/ids.js';
import { ADMIN, found, identityHouse, type IdentityHouse } from '#testing/identity-house.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { ForgetEndedSessionsCommand } from '../commands/forget-ended-sessions/forget-ended-sessions.command.js';
import type { WidgetVisitor } from '../ports/widget-tokens.js';
import { GetMeQuery } from '../queries/get-me/get-me.query.js';
import { WidgetAuthenticator } from './widget-authenticator.js';

const MINUTE_MS = 60_000;

let database: TestDatabase;
let house: IdentityHouse;
let workspaceId: WorkspaceId;
let authenticator: WidgetAuthenticator;

beforeAll(async () => {
  database = await testDatabase();
  house = await identityHouse(database);
  workspaceId = await found(house);
  authenticator = house.module.get(WidgetAuthenticator);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => database.owner.query('TRUNCATE spent_tokens'));

const visit = (changes: Partial<WidgetVisitor> = {}) => {
  const token = v7();
  house.widgetTokens.visitors.set(token, {
    workspaceId,
    amoUserId: asId<AmoUserId>(5),
    isAmoAdmin: false,
    name: 'Борис',
    email: 'boris@example.com',
    tokenId: token,
    takenUntil: new Date(house.clock.now().getTime() + 31 * MINUTE_MS),
    ...changes,
  });
  return house.as({}, () => authenticator.authenticate(token));
};

const refusal = async (work: Promise<unknown>): Promise<{ code: string; why: string }> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError) || !(error.cause instanceof Error)) throw new Error('It was not refused');
  // What a caller may see is the same whatever the reason is.
  expect([error.message, error.details, error.issues]).toEqual(['A credential is needed', {}, []]);
  return { code: error.code, why: error.cause.message };
};
const refused = (reason: string) => ({ code: 'shared.unauthenticated', why: `one-time token: ${reason}` });

describe('whoever comes from the widget', () => {
  it('is an operator, or a manager when amoCRM says administrator', async () => {
    const operator = { kind: 'widget', amoUserId: 5, name: 'Борис', role: 'operator' };
    const { workspaceId: place, actor } = await visit();
    expect([place, actor]).toEqual([workspaceId, { ...operator, permissions: permissionsOf('operator') }]);
    expect((await visit({ isAmoAdmin: true })).actor).toEqual({
      ...operator,
      role: 'manager',
      permissions: permissionsOf('manager'),
    });
  });

  it('has a number for a name while the directory does not know him', async () => {
    expect((await visit({ name: null, email: null })).actor).toMatchObject({ kind: 'widget', name: 'amoCRM 5' });
    expect((await visit({ name: '', email: '' })).actor).toMatchObject({ kind: 'widget', name: 'amoCRM 5' });
  });

  it('is the member with the same e-mail, in any spelling, but no administrator: amoCRM vouches for no e-mail', async () => {
    const { actor } = await visit({ email: ' ANNA@example.COM ' });
    expect(actor).toMatchObject({ kind: 'user', email: ADMIN.email, role: 'manager', amoUserId: 5 });
    const me = await house.as({ workspaceId, actor }, () => house.bus.ask(new GetMeQuery()));
    expect(me).toMatchObject({ email: ADMIN.email, role: 'manager', amoUserId: 5 });
  });

  it('is no member of this workspace by being one of another', async () => {
    const other = asId<WorkspaceId>(v7());
    await database.owner.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'other')`, [other]);
    expect((await visit({ workspaceId: other, email: ADMIN.email })).actor).toMatchObject({ kind: 'widget' });
  });

  it('does not come in when the member was deactivated', async () => {
    await database.owner.query('UPDATE users SET is_active = false');
    expect(await refusal(visit({ email: ADMIN.email }))).toEqual(refused('member_inactive'));
    await database.owner.query('UPDATE users SET is_active = true');
  });

  it('does not come in with a token that is refused', async () => {
    expect(await refusal(house.as({}, () => authenticator.authenticate('nonsense')))).toEqual(
      refused('unknown_to_the_test'),
    );
  });

  it('is told who he is', async () => {
    const { actor } = await visit();
    expect(await house.as({ workspaceId, actor }, () => house.bus.ask(new GetMeQuery()))).toEqual({
      id: null,
      email: null,
      name: 'Борис',
      role: 'operator',
      workspaceId,
      permissions: PERMISSIONS.filter((permission) => permissionsOf('operator').has(permission)),
      apiKeyId: null,
      amoUserId: 5,
      workspaces: [],
    });
  });
});

describe('a token that carries a change', () => {
  it('carries no other', async () => {
    const signedIn = await visit();
    await house.as({}, () => authenticator.spend(signedIn));
    expect(await refusal(house.as({}, () => authenticator.spend(signedIn)))).toEqual(refused('spent'));
  });

  it('carries one of many at the same time', async () => {
    const signedIn = await visit();
    const tries = Array.from({ length: 8 }, () => house.as({}, () => authenticator.spend(signedIn)));
    const ends = (await Promise.allSettled(tries)).map(({ status }) => status);
    expect(ends.filter((status) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is told apart from that of another workspace with the same id', async () => {
    const signedIn = await visit();
    await house.as({}, () => authenticator.spend(signedIn));
    const elsewhere = { ...signedIn, workspaceId: asId<WorkspaceId>(v7()) };
    await expect(house.as({}, () => authenticator.spend(elsewhere))).resolves.toBeUndefined();
  });

  it('is remembered for as long as it could be accepted, and then forgotten', async () => {
    const signedIn = await visit();
    await house.as({}, () => authenticator.spend(signedIn));
    const known = async () => {
      await house.as({ actor: { kind: 'system' } }, () => house.bus.execute(new ForgetEndedSessionsCommand()));
      return (await database.owner.query<unknown[]>('SELECT FROM spent_tokens')).length;
    };
    expect(await known()).toBe(1);
    house.clock.advance(31 * MINUTE_MS);
    expect(await known()).toBe(1);
    house.clock.advance(6 * MINUTE_MS);
    expect(await known()).toBe(0);
  });
});
