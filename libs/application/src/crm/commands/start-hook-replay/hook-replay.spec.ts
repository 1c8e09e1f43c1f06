import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type HookTokenId, type WorkspaceId } from '#domain/shared/ids.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { HookIntake } from '../../intake/hook-intake.js';
import { HOOK_INBOX, type HookInbox } from '../../ports/hook-inbox.js';
import { HOOK_REPLAYS, type HookReplays } from '../../ports/hook-replays.js';
import { GetHookQuery } from '../../queries/get-hook/get-hook.query.js';
import { GetHookReplayQuery, ListReplayedHooksQuery } from '../../queries/get-hook-replay/get-hook-replay.query.js';
import { AdvanceHookReplayCommand } from '../advance-hook-replay/advance-hook-replay.command.js';
import { CancelHookReplayCommand } from '../cancel-hook-replay/cancel-hook-replay.command.js';
import { CreateHookTokenCommand } from '../create-hook-token/create-hook-token.command.js';
import { DispatchHookCommand } from '../dispatch-hook/dispatch-hook.command.js';
import { FailHookCommand } from '../fail-hook/fail-hook.command.js';
import { type HookReplayInput, ReplayHookCommand, StartHookReplayCommand } from './start-hook-replay.command.js';

const ACCOUNT = 'account[id]=31&account[subdomain]=demo';

let database: TestDatabase;
let house: CrmHouse;
let token: { id: HookTokenId; token: string };
let started: { dealId: number; operationId: string }[];
beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  await house.connect();
  const made = await house.as('admin', () =>
    house.bus.execute(new CreateHookTokenCommand({ name: 'Copy', kind: 'digital_pipeline' })),
  );
  token = { id: asId<HookTokenId>(made.id), token: made.token };
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => {
  house.clock.advance(60_000);
  started = [];
  // What the deals context does: once per deal and period, unless the period is 0.
  house.deals.answer = ({ dealId, onceWithinMinutes }) => {
    if (onceWithinMinutes > 0 && started.some((copy) => copy.dealId === dealId)) return { outcome: 'duplicate' };
    const operationId = v7();
    started.push({ dealId, operationId });
    return { outcome: 'started', operationId };
  };
});

const admin = <T>(work: () => Promise<T>) => house.as('admin', work);
const system = <T>(work: () => Promise<T>) => house.as('system', work);
const receive = async (dealId: number) => {
  house.clock.advance(1_000);
  const body = Buffer.from(`leads[status][0][id]=${dealId}&${ACCOUNT}`);
  const hookId = await house.module.get(HookIntake).take({ token: token.token, contentType: 'text/plain', body });
  return { hookId, receivedAt: house.clock.now().toISOString() };
};
/** What relay and consumer do. */
const carryOut = async (): Promise<readonly string[]> => {
  const claimed = await house.module.get<HookInbox>(HOOK_INBOX).claimNewHooks(10_000);
  for (const hook of claimed) await system(() => house.bus.execute(new DispatchHookCommand(hook)));
  return claimed.map(({ hookId }) => hookId);
};
const advance = (id: string) => system(() => house.bus.execute(new AdvanceHookReplayCommand(id)));
const replayOf = (id: string) => house.as('viewer', () => house.bus.ask(new GetHookReplayQuery(id)));
const hooksOf = async (id: string) =>
  (await house.as('viewer', () => house.bus.ask(new ListReplayedHooksQuery(id, { limit: 200 })))).items;
const start = (input: HookReplayInput) => admin(() => house.bus.execute(new StartHookReplayCommand(input)));
/** Advance and carry out until it has ended. */
const finish = async (id: string) => {
  for (let turn = 0; turn < 20; turn++) {
    await advance(id);
    await carryOut();
    const replay = await replayOf(id);
    if (replay.status !== 'running') return replay;
  }
  throw new Error('The replay does not end');
};
const since = () => ({ from: new Date(house.clock.now().getTime() + 1), to: new Date('2100-01-01T00:00:00Z') });
const coded = (code: string) => expect.objectContaining({ code });

describe('a replay of a period', () => {
  it('carries out what failed, leaves alone what was begun, and says what came of each', async () => {
    const period = since();
    const [begun, twin, failed] = [await receive(10), await receive(10), await receive(11)];
    await system(() => house.bus.execute(new FailHookCommand(failed, 'crm.unreachable')));
    await carryOut();
    const { id, ...ordered } = await start(period);
    expect(ordered).toEqual({ status: 'running', total: 3, skipped: 2 });
    expect(await finish(id)).toMatchObject({
      status: 'done',
      total: 3,
      handed: 1,
      skipped: 2,
      pending: 0,
      outcomes: { started: 1, already_started: 2 },
      createdBy: house.userId,
    });
    expect(started.map(({ dealId }) => dealId)).toEqual([10, 11]);
    expect(await hooksOf(id)).toMatchObject([
      { id: failed.hookId, run: 2, state: 'dispatched', outcome: 'started', operationIds: [started[1]?.operationId] },
      { id: twin.hookId, run: 2, state: 'ignored', outcome: 'already_started', operationIds: [] },
      { id: begun.hookId, run: 2, state: 'ignored', outcome: 'already_started', operationIds: [] },
    ]);
    // Left alone: its own end stands.
    const card = await admin(() => house.bus.ask(new GetHookQuery(begun.hookId)));
    expect(card).toMatchObject({ state: 'dispatched', outcome: 'started', runs: [{ run: 1 }, { run: 2 }] });
  });

  it('starts a second operation only by force', async () => {
    const period = since();
    await receive(20);
    await carryOut();
    await finish((await start(period)).id);
    expect(started).toHaveLength(1);
    expect(await finish((await start({ ...period, force: true })).id)).toMatchObject({ outcomes: { started: 1 } });
    expect(started.map(({ dealId }) => dealId)).toEqual([20, 20]);
    // What a forced run ended as does not make the first one forgotten.
    house.deals.answer = () => ({ outcome: 'ignored' });
    await finish((await start({ ...period, force: true })).id);
    expect(await finish((await start(period)).id)).toMatchObject({ outcomes: { already_started: 1 } });
  });

  it('only counts when it is a dry run', async () => {
    const period = since();
    const failed = await receive(30);
    await receive(31);
    await system(() => house.bus.execute(new FailHookCommand(failed, 'crm.unreachable')));
    await carryOut();
    const { id, ...ordered } = await start({ ...period, dryRun: true });
    expect(ordered).toEqual({ status: 'done', total: 2, skipped: 1 });
    await advance(id);
    expect(await carryOut()).toEqual([]);
    expect(await replayOf(id)).toMatchObject({ status: 'done', dryRun: true, total: 2, handed: 0, skipped: 1 });
  });

  it('takes only hooks in its states, of its token, of its time, that have ended', async () => {
    const period = since();
    const failed = await receive(40);
    await receive(41);
    await system(() => house.bus.execute(new FailHookCommand(failed, 'crm.unreachable')));
    await carryOut();
    const count = async (input: Partial<HookReplayInput>) => (await start({ ...period, ...input, dryRun: true })).total;
    expect(await count({ states: ['failed'] })).toBe(1);
    expect(await count({ states: ['dispatched', 'dispatched'] })).toBe(1);
    expect(await count({ states: ['ignored'] })).toBe(0);
    expect(await count({ hookTokenId: token.id })).toBe(2);
    expect(await count({ hookTokenId: asId<HookTokenId>(v7()) })).toBe(0);
    expect(await count({ to: new Date(failed.receivedAt) })).toBe(0);
    // It is on its way.
    await receive(42);
    expect(await count({})).toBe(2);
    await carryOut();
    expect(await count({})).toBe(3);
  });

  it('goes in slices, each after the one before has ended, and can be cancelled between', async () => {
    const period = since();
    await database.owner.query(
      `INSERT INTO hook_inbox (workspace_id, id, token_id, content_type, body, size_bytes, digest, received_at, state, outcome)
       SELECT $1, ('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $2, '', '', 0, '', $3, 'failed', 'crm.unreachable'
       FROM generate_series(1, 1200) n`,
      [house.workspaceId, token.id, period.from],
    );
    house.clock.advance(1_000);
    const { id, total } = await start({ ...period, states: ['failed'] });
    expect(total).toBe(1_200);
    await Promise.all([advance(id), advance(id), advance(id)]);
    await advance(id);
    expect(await replayOf(id)).toMatchObject({ status: 'running', handed: 500, pending: 500, outcomes: {} });
    expect(await carryOut()).toHaveLength(500);
    await advance(id);
    await admin(() => house.bus.execute(new CancelHookReplayCommand(id)));
    expect(await carryOut()).toHaveLength(500);
    await advance(id);
    expect(await carryOut()).toEqual([]);
    expect(await replayOf(id)).toMatchObject({
      status: 'cancelled',
      handed: 1_000,
      pending: 0,
      outcomes: { 'crm.hook_unreadable': 1_000 },
    });
    await expect(admin(() => house.bus.execute(new CancelHookReplayCommand(id)))).rejects.toThrow(
      coded('crm.hook_replay_ended'),
    );
  });

  it('refuses a period that is none, and more hooks than it may take', async () => {
    const { from } = since();
    await expect(start({ from, to: from })).rejects.toThrow(coded('shared.validation_failed'));
    await database.owner.query(
      `INSERT INTO hook_inbox (workspace_id, id, token_id, content_type, body, size_bytes, digest, received_at, state)
       SELECT $1, gen_random_uuid(), $2, '', '', 0, '', $3, 'failed' FROM generate_series(1, 100001)`,
      [house.workspaceId, token.id, '2020-01-01T00:00:00Z'],
    );
    const period = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2020-01-02T00:00:00Z') };
    await expect(start(period)).rejects.toThrow(coded('crm.hook_replay_too_large'));
    await database.owner.query(`DELETE FROM hook_inbox WHERE received_at < '2021-01-01'`);
    expect(await start(period)).toMatchObject({ status: 'done', total: 0 });
  });

  it('is written down, is for administrators, and belongs to its workspace', async () => {
    const { id } = await start({ ...since(), from: new Date(0), dryRun: true });
    const rows = await database.owner.query<object[]>(
      `SELECT command, actor_id FROM audit_log WHERE entity_type = 'crm.hook_replay' AND entity_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ command: 'StartHookReplay', actor_id: house.userId }]);
    const other = asId<WorkspaceId>(v7());
    const foreign = <T>(work: () => Promise<T>) => house.as('admin', work, other);
    for (const ask of [
      () => house.bus.ask(new GetHookReplayQuery(id)),
      () => house.bus.ask(new ListReplayedHooksQuery(id, { limit: 1 })),
      () => house.bus.execute(new CancelHookReplayCommand(id)),
    ])
      await expect(foreign<unknown>(ask)).rejects.toThrow(coded('crm.hook_replay_unknown'));
    const manager = house.as('manager', () => house.bus.execute(new ReplayHookCommand(v7(), false)));
    await expect(manager).rejects.toThrow(coded('shared.forbidden'));
  });
});

describe('a replay of one hook', () => {
  it('carries just it out, under a job of its own', async () => {
    const ref = await receive(50);
    await expect(admin(() => house.bus.execute(new ReplayHookCommand(ref.hookId, false)))).rejects.toThrow(
      coded('crm.hook_in_progress'),
    );
    const [first] = await house.module.get<HookInbox>(HOOK_INBOX).claimNewHooks(10);
    await system(() => house.bus.execute(new FailHookCommand(ref, 'crm.unreachable')));
    const { id, total } = await admin(() => house.bus.execute(new ReplayHookCommand(ref.hookId, false)));
    expect(total).toBe(1);
    expect(await house.module.get<HookReplays>(HOOK_REPLAYS).findRunning(10)).toEqual([
      { workspaceId: house.workspaceId, replayId: id },
    ]);
    await advance(id);
    const [second] = await house.module.get<HookInbox>(HOOK_INBOX).claimNewHooks(10);
    expect([first?.run, second?.hookId, (second?.run ?? 0) > (first?.run ?? 0)]).toEqual([0, ref.hookId, true]);
    // A job of the first run that comes late has nothing to do any more.
    await system(() => house.bus.execute(new DispatchHookCommand({ ...ref, run: 0 } as never)));
    expect(started).toEqual([]);
    await system(() => house.bus.execute(new DispatchHookCommand(second!)));
    expect(started).toHaveLength(1);
    expect(await finish(id)).toMatchObject({ hookId: ref.hookId, status: 'done', outcomes: { started: 1 } });
  });

  it('needs a hook of the workspace', async () => {
    await expect(admin(() => house.bus.execute(new ReplayHookCommand(v7(), true)))).rejects.toThrow(
      coded('crm.hook_unknown'),
    );
  });
});
