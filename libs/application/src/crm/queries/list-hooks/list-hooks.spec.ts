import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type HookTokenId, type WorkspaceId } from '#domain/shared/ids.js';
import type { Role } from '#domain/identity/permissions.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { CreateHookTokenCommand } from '../../commands/create-hook-token/create-hook-token.command.js';
import { DispatchHookCommand } from '../../commands/dispatch-hook/dispatch-hook.command.js';
import { FailHookCommand } from '../../commands/fail-hook/fail-hook.command.js';
import { HookIntake } from '../../intake/hook-intake.js';
import { GetHookQuery } from '../get-hook/get-hook.query.js';
import type { HookFilter } from '../../ports/hook-screens.js';
import { ListHooksQuery } from './list-hooks.query.js';

const OPERATION = '01890000-0000-7000-8000-0000000000aa';
const ACCOUNT = 'account[id]=31&account[subdomain]=demo';
const LINKS = '&account[_links][self]=https://demo.amocrm.ru';

let database: TestDatabase;
let house: CrmHouse;
let deals: { id: HookTokenId; token: string };
let account: { id: HookTokenId; token: string };
beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  await house.connect();
  const make = async (kind: 'account' | 'digital_pipeline') => {
    const made = await house.as('admin', () => house.bus.execute(new CreateHookTokenCommand({ name: kind, kind })));
    return { id: asId<HookTokenId>(made.id), token: made.token };
  };
  [deals, account] = [await make('digital_pipeline'), await make('account')];
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

const receive = async (body: string | Uint8Array, { token } = deals) => {
  house.clock.advance(1_000);
  const hookId = await house.module.get(HookIntake).take({ token, contentType: 'text/plain', body: Buffer.from(body) });
  return { hookId, receivedAt: house.clock.now().toISOString() };
};
const carryOut = async (body: string | Uint8Array, through = deals) => {
  const ref = await receive(body, through);
  await house.as('system', () => house.bus.execute(new DispatchHookCommand(ref)));
  return ref;
};
const list = async (filter: HookFilter, workspaceId?: WorkspaceId) => {
  const ask = () => house.bus.ask(new ListHooksQuery({ limit: 50 }, filter));
  return (await house.as('viewer', ask, workspaceId)).items.map(({ id }) => id);
};
const card = (id: string, role: Role = 'admin', workspaceId?: WorkspaceId) =>
  house.as(role, () => house.bus.ask(new GetHookQuery(id)), workspaceId);

describe('the list of hooks', () => {
  it('is found by state, outcome, token, time, and the records that hooks are about', async () => {
    house.deals.answer = () => ({ outcome: 'started', operationId: OPERATION });
    const started = await carryOut(`leads[status][0][id]=10&${ACCOUNT}`);
    house.deals.answer = () => ({ outcome: 'duplicate' });
    const twin = await carryOut(`leads[status][0][id]=10&leads[status][1][id]=11&${ACCOUNT}`);
    const note = await carryOut(`leads[note][0][note][element_id]=10&leads[note][0][note][id]=7&${ACCOUNT}`, account);
    const task = await carryOut(
      `task[add][0][id]=77&task[add][0][element_id]=10&task[add][0][element_type]=2&${ACCOUNT}${LINKS}`,
      account,
    );
    const contact = await carryOut(
      `contacts[update][0][id]=10&contacts[update][0][name]=A&${ACCOUNT}${LINKS}`,
      account,
    );
    const waiting = await receive(`leads[status][0][id]=10&${ACCOUNT}`);

    const ids = (...refs: { hookId: string }[]) => refs.map(({ hookId }) => hookId);
    const found = async (filter: HookFilter) => list(filter);
    expect(await found({ state: 'dispatched' })).toEqual(ids(started));
    expect(await found({ state: 'new' })).toEqual(ids(waiting));
    expect(await found({ outcome: 'duplicate' })).toEqual(ids(twin));
    expect(await found({ hookTokenId: account.id })).toEqual(ids(contact, task, note));
    expect(await found({ from: twin.receivedAt, to: task.receivedAt })).toEqual(ids(note, twin));
    // Not the one that waits: nobody has read yet what it is about.
    expect(await found({ about: { entity: 'leads', id: 10 } })).toEqual(ids(task, note, twin, started));
    expect(await found({ about: { entity: 'leads', id: 11 } })).toEqual(ids(twin));
    expect(await found({ about: { entity: 'task', id: 77 } })).toEqual(ids(task));
    expect(await found({ about: { entity: 'contacts', id: 10 } })).toEqual(ids(contact));
    expect(await found({ about: { entity: 'leads', id: 10 }, state: 'ignored', hookTokenId: deals.id })).toEqual(
      ids(twin),
    );
    expect(await found({ outcome: `' OR true --` })).toEqual([]);
    expect(await list({ about: { entity: 'leads', id: 10 } }, asId<WorkspaceId>(v7()))).toEqual([]);
  });

  it('tells of each hook its first event and what it started', async () => {
    house.deals.answer = () => ({ outcome: 'started', operationId: OPERATION });
    const { hookId } = await carryOut(`leads[status][0][id]=20&leads[status][0][name]=Secret&${ACCOUNT}`);
    const [item] = (await house.as('viewer', () => house.bus.ask(new ListHooksQuery({ limit: 1 })))).items;
    expect(item).toMatchObject({
      id: hookId,
      event: { kind: 'pipeline', entity: 'leads', action: 'status', entityId: 20, dealId: 20, direction: null },
      operationIds: [OPERATION],
      runCount: 1,
    });
    expect(JSON.stringify(item)).not.toContain('Secret');
  });
});

describe('the card of a hook', () => {
  it('has its body, what was read in it, and its run', async () => {
    house.deals.answer = () => ({ outcome: 'started', operationId: OPERATION });
    const body = `leads[status][0][id]=30&leads[status][0][name]=Сделка&${ACCOUNT}`;
    const { hookId } = await carryOut(body);
    expect(await card(hookId)).toMatchObject({
      contentType: 'text/plain',
      state: 'dispatched',
      outcome: 'started',
      reading: { accountId: 31, eventCount: 1, brokenEncoding: false, events: [{ dealId: 30 }] },
      runs: [
        {
          run: 1,
          state: 'dispatched',
          outcome: 'started',
          operationIds: [OPERATION],
          endedAt: house.clock.now().toISOString(),
        },
      ],
      body: { encoding: 'text', content: body },
    });
  });

  it.each<[string, Uint8Array, 'text' | 'base64']>([
    ['nothing', Buffer.alloc(0), 'text'],
    ['lines', Buffer.from('a=1\r\n\tb=2'), 'text'],
    ['a byte order mark', Buffer.from('\uFEFFa=1'), 'text'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe]), 'base64'],
    ['a NUL', Buffer.from('a=\0'), 'base64'],
    ['terminal escapes', Buffer.from('\u001b[31m'), 'base64'],
  ])('shows %s as it came', async (_, bytes, encoding) => {
    const { hookId } = await receive(bytes);
    const { body } = await card(hookId);
    expect(body?.encoding).toBe(encoding);
    expect(Buffer.from(body?.content ?? '', encoding === 'text' ? 'utf8' : 'base64')).toEqual(Buffer.from(bytes));
  });

  it('keeps the body from who may not manage the connection', async () => {
    const { hookId } = await receive('secret=1');
    for (const role of ['manager', 'operator', 'viewer'] as const)
      expect(await card(hookId, role)).toMatchObject({ id: hookId, body: null });
  });

  it('says why a hook that cannot be carried out ended', async () => {
    const ref = await receive(`leads[status][0][id]=31&${ACCOUNT}`);
    await house.as('system', () => house.bus.execute(new FailHookCommand(ref, 'crm.unreachable')));
    expect(await card(ref.hookId)).toMatchObject({
      reading: null,
      runs: [{ run: 1, state: 'failed', outcome: 'crm.unreachable', operationIds: [] }],
    });
  });

  it('names a few events of thousands, and hostile names harmlessly', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `leads[update][${index}][id]=${index + 1}`).join('&');
    const { hookId } = await carryOut(`${many}&${ACCOUNT}${LINKS}`, account);
    const { reading } = await card(hookId);
    expect([reading?.eventCount, reading?.events.length]).toEqual([3_000, 20]);
    const [row] = await database.owner.query<{ kept: number }[]>(
      'SELECT count(*)::int AS kept FROM hook_entities WHERE hook_id = $1',
      [hookId],
    );
    expect(row?.kept).toBe(250);
    const hostile = await carryOut(`${'%00<b>'.repeat(50)}[a%00b][0][id]=1&${ACCOUNT}${LINKS}`, account);
    expect((await card(hostile.hookId)).reading?.events).toMatchObject([{ entity: 'b'.repeat(40), action: 'ab' }]);
  });

  it('belongs to its workspace', async () => {
    const { hookId } = await receive('a=1');
    for (const ask of [() => card(hookId, 'admin', asId<WorkspaceId>(v7())), () => card(v7())])
      await expect(ask()).rejects.toThrow(expect.objectContaining({ code: 'crm.hook_unknown' }));
  });
});
