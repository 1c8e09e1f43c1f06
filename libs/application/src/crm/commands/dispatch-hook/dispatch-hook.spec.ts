import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { HookKind } from '#domain/crm/hook-token.js';
import { asId, type HookTokenId, type WorkspaceId } from '#domain/shared/ids.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { HookIntake } from '../../intake/hook-intake.js';
import type { HookRef } from '../../ports/hook-inbox.js';
import { ListHooksQuery } from '../../queries/list-hooks/list-hooks.query.js';
import { CreateHookTokenCommand } from '../create-hook-token/create-hook-token.command.js';
import { DisconnectCommand } from '../disconnect/disconnect.command.js';
import { FailHookCommand } from '../fail-hook/fail-hook.command.js';
import { RefreshDirectoryCommand } from '../refresh-directory/refresh-directory.command.js';
import { RevokeHookTokenCommand } from '../revoke-hook-token/revoke-hook-token.command.js';
import { DispatchHookCommand } from './dispatch-hook.command.js';

let database: TestDatabase;
let house: CrmHouse;
const tokens = new Map<HookKind, { id: HookTokenId; token: string }>();

const createToken = async (kind: HookKind) => {
  const options = kind === 'account' ? {} : { target: 1 };
  const made = await house.as('admin', () =>
    house.bus.execute(new CreateHookTokenCommand({ name: kind, kind, options, onceWithinMinutes: 60 })),
  );
  return { id: asId<HookTokenId>(made.id), token: made.token };
};

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  await house.connect();
  for (const kind of ['account', 'digital_pipeline'] as const) tokens.set(kind, await createToken(kind));
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => {
  house.deals.entered.length = 0;
  house.deals.answer = () => ({ outcome: 'started' });
});

const receive = async (
  body: string | Uint8Array,
  kind: HookKind = 'digital_pipeline',
  token?: string,
): Promise<HookRef> => {
  const intake = house.module.get(HookIntake);
  const given = token ?? tokens.get(kind)?.token ?? '';
  const hookId = await intake.take({ token: given, contentType: 'text/plain', body: Buffer.from(body) });
  return { hookId, receivedAt: house.clock.now().toISOString() };
};
const dispatch = (ref: HookRef) => house.as('system', () => house.bus.execute(new DispatchHookCommand(ref)));
const stateOf = async ({ hookId }: HookRef) => {
  const [row] = await database.owner.query<object[]>('SELECT state, outcome FROM hook_inbox WHERE id = $1', [hookId]);
  return row;
};
const after = async (body: string | Uint8Array, kind?: HookKind) => {
  const ref = await receive(body, kind);
  await dispatch(ref);
  return stateOf(ref);
};

const ACCOUNT = 'account[id]=31&account[subdomain]=demo';
const LINKS = '&account[_links][self]=https://demo.amocrm.ru';
const entered = (dealId: number) => `leads[status][0][id]=${dealId}&leads[status][0][status_id]=7&${ACCOUNT}`;

describe('a digital-pipeline hook', () => {
  it('starts what its token asks for', async () => {
    expect(await after(entered(10))).toEqual({ state: 'dispatched', outcome: 'started' });
    expect(house.deals.entered).toEqual([
      {
        hookTokenId: tokens.get('digital_pipeline')?.id,
        options: { target: 1 },
        onceWithinMinutes: 60,
        dealId: 10,
        event: 'status',
        receivedAt: house.clock.now(),
      },
    ]);
    const [row] = await database.owner.query<{ last_used_at: Date }[]>(
      'SELECT last_used_at FROM hook_tokens WHERE id = $1',
      [tokens.get('digital_pipeline')?.id],
    );
    expect(row?.last_used_at).toEqual(house.clock.now());
  });

  it('changes nothing when its job is replayed, even at the same time', async () => {
    const ref = await receive(entered(11));
    await Promise.all([dispatch(ref), dispatch(ref), dispatch(ref)]);
    await dispatch(ref);
    expect(house.deals.entered).toHaveLength(1);
  });

  it('asks once per deal, for each deal', async () => {
    const ids = [12, 13, 12].map((id, index) => `leads[add][${index}][id]=${id}`).join('&');
    await after(`${ids}&${ACCOUNT}`);
    expect(house.deals.entered.map(({ dealId }) => dealId)).toEqual([12, 13]);
  });

  it.each(['duplicate', 'ignored'] as const)('ends as %s when the deals context says so', async (outcome) => {
    house.deals.answer = () => ({ outcome });
    expect(await after(entered(14))).toEqual({ state: 'ignored', outcome });
  });

  it('stays to be tried again when starting fails, and ends failed when it was given up', async () => {
    const ref = await receive(entered(15));
    house.deals.answer = () => {
      throw new AppError(crmErrors['crm.unreachable']);
    };
    await expect(dispatch(ref)).rejects.toThrow(expect.objectContaining({ code: 'crm.unreachable' }));
    expect(await stateOf(ref)).toEqual({ state: 'new', outcome: null });
    const fail = () => house.as('system', () => house.bus.execute(new FailHookCommand(ref, 'crm.unreachable')));
    await fail();
    await dispatch(ref);
    expect(await stateOf(ref)).toEqual({ state: 'failed', outcome: 'crm.unreachable' });
    const failed = await house.as('viewer', () =>
      house.bus.ask(new ListHooksQuery({ limit: 200 }, { state: 'failed' })),
    );
    expect(failed.items).toContainEqual(expect.objectContaining({ id: ref.hookId, outcome: 'crm.unreachable' }));
  });

  it.each([
    [
      'a deal that moves on',
      `event[type]=15&event[data][id]=10&event[data][direction_of_movement]=went_in_trigger&account_id=31`,
      'moved_on',
    ],
    [
      'a deal that leaves',
      `event[type]=15&event[data][id]=10&event[data][direction_of_movement]=went_from_trigger&account_id=31`,
      'moved_on',
    ],
    [
      'an account webhook',
      `leads[update][0][id]=10&leads[update][0][last_modified]=1700000000&${ACCOUNT}${LINKS}`,
      'account_hook',
    ],
    ['nothing of use', `hello=world&${ACCOUNT}`, 'no_event'],
    ['a deal of another account', 'leads[status][0][id]=10&account[id]=32&account[subdomain]=demo', 'other_account'],
    ['a deal of no account', 'leads[status][0][id]=10', 'other_account'],
  ])('is ignored when it brings %s', async (_, body, outcome) => {
    expect(await after(body)).toEqual({ state: 'ignored', outcome });
    expect(house.deals.entered).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['nested 1 000 deep as a form', `a${'[b]'.repeat(1_000)}=1&${ACCOUNT}`],
    ['nested 1 000 deep as JSON', '{"a":'.repeat(1_000) + '1' + '}'.repeat(1_000)],
    ['half a JSON', '{"account_id":31,"event":{"type":14'],
  ])('is set aside when it is %s', async (_, body) => {
    expect(await after(body)).toEqual({ state: 'failed', outcome: 'crm.hook_unreadable' });
    expect(house.deals.entered).toEqual([]);
  });

  it('is carried out in a broken encoding, for ids are still ids', async () => {
    const body = Buffer.concat([
      Buffer.from(`${entered(16)}&note=`),
      Buffer.from([0xd1, 0xe4, 0xff]),
      Buffer.from('%D1%'),
    ]);
    expect(await after(body)).toEqual({ state: 'dispatched', outcome: 'started' });
  });

  it('starts nothing any more when its token was revoked meanwhile', async () => {
    const { id, token } = await createToken('digital_pipeline');
    const ref = await receive(entered(17), 'digital_pipeline', token);
    await house.as('admin', () => house.bus.execute(new RevokeHookTokenCommand(id)));
    await dispatch(ref);
    expect(await stateOf(ref)).toEqual({ state: 'ignored', outcome: 'token_revoked' });
  });
});

describe('an account webhook', () => {
  const update = (at: number) => `leads[update][0][id]=10&leads[update][0][updated_at]=${at}&${ACCOUNT}${LINKS}`;

  it('is recorded, and its repetition as one', async () => {
    expect(await after(update(1), 'account')).toEqual({ state: 'ignored', outcome: 'no_subscriber' });
    expect(await after(update(1), 'account')).toEqual({ state: 'ignored', outcome: 'duplicate' });
    expect(await after(update(2), 'account')).toEqual({ state: 'ignored', outcome: 'no_subscriber' });
  });

  it('is no repetition when it tells no time, or comes hours later', async () => {
    const removal = `leads[delete][0][id]=10&${ACCOUNT}${LINKS}`;
    for (const _ of [1, 2]) expect(await after(removal, 'account')).toMatchObject({ outcome: 'no_subscriber' });
    await after(update(3), 'account');
    house.clock.advance(3 * 60 * 60_000);
    expect(await after(update(3), 'account')).toMatchObject({ outcome: 'no_subscriber' });
  });

  it('knows a very old one by the subdomain', async () => {
    const old = (subdomain: string) => `account[subdomain]=${subdomain}&leads[add][0][id]=10`;
    expect(await after(old('Demo'), 'account')).toMatchObject({ outcome: 'no_subscriber' });
    expect(await after(old('other'), 'account')).toMatchObject({ outcome: 'other_account' });
  });

  it('is our own echo when it tells of a copy or a note that we made, and not of what people change', async () => {
    await house.as('system', () => house.bus.execute(new RefreshDirectoryCommand()));
    const deal = (action: string, field: number) =>
      `leads[${action}][0][id]=10&leads[${action}][0][modified_user_id]=0&leads[${action}][0][custom_fields][0][id]=${field}` +
      `&leads[${action}][0][custom_fields][0][values][0][value]=7:a&${ACCOUNT}${LINKS}`;
    const note = (text: string) =>
      `leads[note][0][note][element_id]=10&leads[note][0][note][text]=${encodeURIComponent(text)}&${ACCOUNT}${LINKS}`;
    const mark = '[sdelka:01890000-0000-7000-8000-000000000001]';
    const outcomes = async (...bodies: string[]) => {
      const ends: unknown[] = [];
      for (const body of bodies) ends.push(await after(body, 'account'));
      return ends.map((end) => (end as { outcome: string }).outcome);
    };
    expect(await outcomes(deal('add', 900), note(`Copied from 7 ${mark}`))).toEqual(['own_echo', 'own_echo']);
    expect(
      await outcomes(
        deal('add', 901),
        deal('update', 900),
        note(`${mark} said a person`),
        `${deal('add', 900)}&leads[add][1][id]=11`,
      ),
    ).toEqual(Array(4).fill('no_subscriber'));
  });

  it('is not the place for a widget action', async () => {
    expect(await after('event[type]=14&event[data][id]=10&account_id=31', 'account')).toMatchObject({
      outcome: 'pipeline_hook',
    });
  });
});

describe('the list of hooks', () => {
  it('comes in pages, newest first, without bodies, and belongs to its workspace', async () => {
    const last = await receive(entered(18));
    const ask = (cursor?: string, workspaceId?: WorkspaceId) =>
      house.as('viewer', () => house.bus.ask(new ListHooksQuery({ limit: 2, cursor })), workspaceId);
    const first = await ask();
    expect(first.items[0]).toEqual({
      id: last.hookId,
      hookTokenId: tokens.get('digital_pipeline')?.id,
      receivedAt: house.clock.now().toISOString(),
      contentType: 'text/plain',
      sizeBytes: expect.any(Number),
      state: 'new',
      outcome: null,
      event: null,
      operationIds: [],
      runCount: 0,
      attempts: 0,
    });
    const second = await ask(first.nextCursor ?? '');
    expect(second.items).toHaveLength(2);
    expect(second.items[0]?.id).not.toBe(first.items[1]?.id);
    expect(await ask(undefined, asId<WorkspaceId>(v7()))).toEqual({ items: [], nextCursor: null });
  });
});

describe('without a connection', () => {
  it('nothing is started', async () => {
    await house.as('admin', () => house.bus.execute(new DisconnectCommand()));
    expect(await after(entered(19))).toEqual({ state: 'ignored', outcome: 'not_connected' });
    expect(house.deals.entered).toEqual([]);
  });
});
