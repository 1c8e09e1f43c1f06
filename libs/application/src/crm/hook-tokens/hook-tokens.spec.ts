import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type HookTokenId, type WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import {
  CreateHookTokenCommand,
  type CreateHookTokenInput,
} from '../commands/create-hook-token/create-hook-token.command.js';
import { RevokeHookTokenCommand } from '../commands/revoke-hook-token/revoke-hook-token.command.js';
import { RotateHookTokenCommand } from '../commands/rotate-hook-token/rotate-hook-token.command.js';
import { UpdateHookTokenCommand } from '../commands/update-hook-token/update-hook-token.command.js';
import { HookIntake } from '../intake/hook-intake.js';
import { GetHookTokenQuery } from '../queries/get-hook-token/get-hook-token.query.js';
import { ListHookTokensQuery } from '../queries/list-hook-tokens/list-hook-tokens.query.js';
import type { HookTokenView } from '../queries/list-hook-tokens/hook-token.view.js';

let database: TestDatabase;
let house: CrmHouse;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => {
  workspaceId = asId<WorkspaceId>(v7());
  house.deals.issues = [];
});

const coded = (code: string) => expect.objectContaining({ code });
const admin = <T>(work: () => Promise<T>, workspace = workspaceId) => house.as('admin', work, workspace);
const create = (input: Partial<CreateHookTokenInput> = {}) =>
  admin(() => house.bus.execute(new CreateHookTokenCommand({ name: 'Copy', kind: 'digital_pipeline', ...input })));
const idOf = ({ id }: HookTokenView) => asId<HookTokenId>(id);
const rotate = (token: HookTokenView, overlap: number) =>
  admin(() => house.bus.execute(new RotateHookTokenCommand(idOf(token), overlap)));
const list = (cursor?: string, limit = 50, workspace = workspaceId) =>
  admin(() => house.bus.ask(new ListHookTokensQuery({ limit, cursor })), workspace);
const take = (token: string) =>
  house.module.get(HookIntake).take({ token, contentType: 'text/plain', body: Buffer.from('a=1') });
const everything = async () => {
  const rows = await database.owner.query<object[]>(
    `SELECT to_jsonb(t) AS row FROM hook_tokens t WHERE workspace_id = $1
     UNION ALL SELECT to_jsonb(a) FROM audit_log a WHERE workspace_id = $1
     UNION ALL SELECT to_jsonb(i) FROM idempotency_keys i WHERE workspace_id = $1`,
    [workspaceId],
  );
  return JSON.stringify(rows);
};

describe('hook tokens', () => {
  it('are shown once and kept as a hash', async () => {
    const made = await create({ options: { target: 1 } });
    expect(made.token).toMatch(/^[\w-]{43}$/);
    expect(made).toMatchObject({
      path: `/hooks/amocrm/${made.token}`,
      prefix: made.token.slice(0, 6),
      onceWithinMinutes: 1_440,
      options: { target: 1 },
      createdBy: house.userId,
      version: 1,
    });
    const { token, path, ...view } = made;
    expect((await list()).items).toEqual([view]);
    expect(path).toContain(token);
    expect(await everything()).not.toContain(token);
  });

  it('leave no token behind an idempotency key', async () => {
    const context = house.module.get(CurrentContext);
    const byKey = admin(() =>
      context.run({ ...context.get(), idempotency: { key: 'k', fingerprint: 'f' } }, () =>
        house.bus.execute(new CreateHookTokenCommand({ name: 'Copy', kind: 'account' })),
      ),
    );
    await expect(byKey).rejects.toThrow(coded('shared.validation_failed'));
    expect((await list()).items).toEqual([]);
  });

  it('take the options that the deals context takes', async () => {
    house.deals.issues = [{ path: 'target.stageId', code: 'unknown_stage', message: 'no such stage' }];
    const issues = [{ path: 'options.target.stageId', code: 'unknown_stage', message: 'no such stage' }];
    await expect(create({ options: { target: {} } })).rejects.toThrow(expect.objectContaining({ issues }));
    await expect(create({ kind: 'account', options: { a: 1 } })).rejects.toThrow(coded('shared.validation_failed'));
    expect((await list()).items).toEqual([]);
    expect((await create({ kind: 'account' })).options).toEqual({});
  });

  it('change what is given, at the version that was seen', async () => {
    const made = await create();
    const update = (change: object, version?: number) =>
      admin(() => house.bus.execute(new UpdateHookTokenCommand(idOf(made), change, version)));
    expect(await update({ name: 'New', onceWithinMinutes: 5 }, 1)).toMatchObject({
      name: 'New',
      onceWithinMinutes: 5,
      version: 2,
    });
    await expect(update({ name: 'Newer' }, 1)).rejects.toThrow(
      expect.objectContaining({ code: 'shared.version_conflict', details: { currentVersion: 2 } }),
    );
    expect(await update({ name: 'Newest' })).toMatchObject({ name: 'Newest', onceWithinMinutes: 5, version: 3 });
  });

  it('work on after a rotation for as long as it was asked, and then only the new one', async () => {
    const old = await create();
    await take(old.token);
    const fresh = await rotate(old, 60);
    expect(fresh).toMatchObject({ id: old.id, version: 2 });
    expect(fresh.token).not.toBe(old.token);
    await Promise.all([take(old.token), take(fresh.token)]);
    house.clock.advance(59 * 60_000);
    await Promise.all([take(old.token), take(fresh.token)]);
    house.clock.advance(60_000);
    await expect(take(old.token)).rejects.toThrow(coded('crm.hook_token_unknown'));
    await take(fresh.token);
  });

  it('end the one before the last with the next rotation', async () => {
    const first = await create();
    const second = await rotate(first, 60);
    const third = await rotate(first, 60);
    await expect(take(first.token)).rejects.toThrow(coded('crm.hook_token_unknown'));
    await Promise.all([take(second.token), take(third.token)]);
    const fourth = await rotate(first, 0);
    house.clock.advance(5_000);
    await expect(take(third.token)).rejects.toThrow(coded('crm.hook_token_unknown'));
    await take(fourth.token);
  });

  it('end when they are revoked, both tokens, within seconds', async () => {
    const first = await create();
    const second = await rotate(first, 60);
    await Promise.all([take(first.token), take(second.token)]);
    const revoke = () => admin(() => house.bus.execute(new RevokeHookTokenCommand(idOf(first))));
    await revoke();
    await revoke();
    house.clock.advance(5_000);
    for (const { token } of [first, second]) await expect(take(token)).rejects.toThrow(coded('crm.hook_token_unknown'));
    await expect(rotate(first, 60)).rejects.toThrow(coded('crm.hook_token_revoked'));
    expect((await list()).items[0]?.revokedAt).not.toBeNull();
  });

  it('come in pages, newest first', async () => {
    const made = [];
    for (const name of ['a', 'b', 'c']) made.push(await create({ name }));
    const first = await list(undefined, 2);
    const second = await list(first.nextCursor ?? '', 2);
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(second.nextCursor).toBeNull();
    for (const cursor of [
      'nonsense',
      Buffer.from('["x"]').toString('base64url'),
      Buffer.from('[7]').toString('base64url'),
    ]) {
      await expect(list(cursor)).rejects.toThrow(coded('shared.validation_failed'));
    }
  });

  it('do not exist for another workspace', async () => {
    const made = await create();
    const elsewhere = <T>(work: () => Promise<T>) => admin(work, asId<WorkspaceId>(v7()));
    const unknown = coded('crm.hook_token_unknown');
    await expect(elsewhere(() => house.bus.ask(new GetHookTokenQuery(made.id)))).rejects.toThrow(unknown);
    await expect(elsewhere(() => house.bus.execute(new RotateHookTokenCommand(idOf(made), 60)))).rejects.toThrow(
      unknown,
    );
    await expect(elsewhere(() => house.bus.execute(new RevokeHookTokenCommand(idOf(made))))).rejects.toThrow(unknown);
    await expect(
      elsewhere(() => house.bus.execute(new UpdateHookTokenCommand(idOf(made), { name: 'x' }))),
    ).rejects.toThrow(unknown);
    expect((await list(undefined, 50, asId<WorkspaceId>(v7()))).items).toEqual([]);
    await take(made.token);
  });

  it('are not for a manager', async () => {
    const asked = house.as('manager', () => house.bus.ask(new ListHookTokensQuery({ limit: 1 })), workspaceId);
    await expect(asked).rejects.toThrow(coded('shared.forbidden'));
  });
});
