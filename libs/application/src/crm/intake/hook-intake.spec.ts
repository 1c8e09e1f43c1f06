import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { CreateHookTokenCommand } from '../commands/create-hook-token/create-hook-token.command.js';
import { HOOK_INBOX, type HookInbox } from '../ports/hook-inbox.js';
import { HookIntake, MAX_HOOK_BYTES } from './hook-intake.js';

let database: TestDatabase;
let house: CrmHouse;
let token: string;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  ({ token } = await house.as('admin', () =>
    house.bus.execute(new CreateHookTokenCommand({ name: 'All', kind: 'account' })),
  ));
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

const take = (body: Uint8Array, contentType: string | undefined = 'application/x-www-form-urlencoded') =>
  house.module.get(HookIntake).take({ token, contentType, body });
const stored = async (id: string) => {
  const [row] = await database.owner.query<Record<string, unknown>[]>('SELECT * FROM hook_inbox WHERE id = $1', [id]);
  return row;
};

describe('HookIntake', () => {
  it('has stored the raw bytes when it answers', async () => {
    const body = Buffer.from([0, 255, 37, 0xd0, 10]);
    expect(await stored(await take(body))).toMatchObject({
      workspace_id: house.workspaceId,
      body,
      size_bytes: 5,
      digest: createHash('sha256').update(body).digest(),
      received_at: house.clock.now(),
      state: 'new',
      outcome: null,
      attempts: 0,
    });
  });

  it('stores every one of many that come at once, each as itself', async () => {
    const bodies = Array.from({ length: 450 }, (_, index) => `many=${index}`);
    const ids = await Promise.all(bodies.map((body) => take(Buffer.from(body))));
    expect(new Set(ids).size).toBe(450);
    const rows = await database.owner.query<{ id: string; body: Buffer }[]>(
      'SELECT id, body FROM hook_inbox WHERE id = ANY ($1::uuid[])',
      [ids],
    );
    const byId = new Map(rows.map(({ id, body }) => [id, body.toString()]));
    expect(ids.map((id) => byId.get(id))).toEqual(bodies);
  });

  it('takes an empty body, one of exactly the bound, and any content type', async () => {
    expect(await stored(await take(Buffer.alloc(0)))).toMatchObject({ size_bytes: 0 });
    expect(await stored(await take(Buffer.alloc(MAX_HOOK_BYTES, 97)))).toMatchObject({ size_bytes: MAX_HOOK_BYTES });
    expect(await stored(await take(Buffer.from('a'), `text/\0\nplain${'x'.repeat(500)}`))).toMatchObject({
      content_type: expect.stringMatching(/^text\/plainx{110}$/),
    });
  });

  it.each([
    ['another token', 'A'.repeat(43), 'crm.hook_token_unknown'],
    ['no token', '', 'crm.hook_token_unknown'],
    ['a long token', 'A'.repeat(100_000), 'crm.hook_token_unknown'],
    ['a hostile token', `' OR 1=1 --${'x'.repeat(32)}`, 'crm.hook_token_unknown'],
  ])('stores nothing for %s', async (_, wrong, code) => {
    const taken = house.module
      .get(HookIntake)
      .take({ token: wrong, contentType: undefined, body: Buffer.from('wrong=1') });
    await expect(taken).rejects.toThrow(expect.objectContaining({ code }));
    expect(await database.owner.query<object[]>(`SELECT 1 FROM hook_inbox WHERE body = 'wrong=1'`)).toEqual([]);
  });

  it('refuses 10 MB without looking at the token', async () => {
    await expect(take(Buffer.alloc(10_485_760))).rejects.toThrow(expect.objectContaining({ code: 'shared.too_large' }));
  });
});

describe('HookInbox', () => {
  it('gives each new hook to one claimer, and a lost one again after a while', async () => {
    const inbox = house.module.get<HookInbox>(HOOK_INBOX);
    const fresh = await database.owner.query<{ id: string }[]>(`SELECT id FROM hook_inbox WHERE state = 'new'`);
    const claimed = await Promise.all([1, 2, 3].map(() => inbox.claimNewHooks(200)));
    const rest = await inbox.claimNewHooks(10_000);
    const ids = [...claimed, rest].flat().map(({ hookId }) => hookId);
    expect([...ids].sort()).toEqual(fresh.map(({ id }) => id).sort());
    expect(new Set(ids).size).toBe(ids.length);

    expect(await inbox.requeueStale(60_000)).toBe(0);
    await database.owner.query(`UPDATE hook_inbox SET queued_at = now() - interval '61 seconds' WHERE id = $1`, [
      ids[0],
    ]);
    expect(await inbox.requeueStale(60_000)).toBe(1);
    expect(await inbox.claimNewHooks(10)).toMatchObject([{ hookId: ids[0], workspaceId: house.workspaceId, run: 0 }]);
  });

  it('makes a new job of a hook that is claimed in vain for long', async () => {
    const inbox = house.module.get<HookInbox>(HOOK_INBOX);
    const id = await take(Buffer.from('again=1'));
    await database.owner.query('UPDATE hook_inbox SET attempts = 9 WHERE id = $1', [id]);
    expect(await inbox.claimNewHooks(10)).toMatchObject([{ hookId: id, run: 0 }]);
    await database.owner.query(`UPDATE hook_inbox SET state = 'new' WHERE id = $1`, [id]);
    expect(await inbox.claimNewHooks(10)).toMatchObject([{ hookId: id, run: 1 }]);
  });
});
