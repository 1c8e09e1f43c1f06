import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { pino } from 'pino';
import {
  AMO_CONNECTIONS,
  type AmoConnections,
  CreateHookTokenCommand,
  DIRECTORIES,
  type Directories,
  GetHookReplayQuery,
  HOOK_INBOX,
  HOOK_REPLAYS,
  type HookInbox,
  HookIntake,
  type HookReplays,
  ReplayHookCommand,
} from '#application/crm/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { JobQueue, QueuedJob } from '#application/shared/ports/job-queue.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { ConnectionSchedule } from './connection-schedule.js';
import { DirectorySchedule } from './directory-schedule.js';
import { HookRelay } from './hook-relay.js';
import { HookReplayer } from './hook-replayer.js';

/** Keeps what it is given; refuses while it is told to. */
class FakeQueue implements JobQueue {
  readonly jobs: QueuedJob[] = [];
  down = false;
  refused = 0;

  async add(jobs: readonly QueuedJob[]): Promise<void> {
    if (this.down) {
      this.refused++;
      throw new Error('The queue is down');
    }
    this.jobs.push(...jobs);
  }
}

const log = pino({ level: 'silent' });
let database: TestDatabase;
let house: CrmHouse;
let queue: FakeQueue;
let relay: HookRelay;
let token: string;

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  await house.connect();
  const command = new CreateHookTokenCommand({ name: 'Copy', kind: 'digital_pipeline' });
  ({ token } = await house.as('admin', () => house.bus.execute(command)));
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => {
  queue = new FakeQueue();
  relay = new HookRelay(house.module.get<HookInbox>(HOOK_INBOX), queue, log);
});
afterEach(() => relay.beforeApplicationShutdown());

const receive = (dealId: number) => {
  const body = Buffer.from(`leads[status][0][id]=${dealId}&account[id]=31`);
  return house.module.get(HookIntake).take({ token, contentType: 'text/plain', body });
};
/** What a consumer does with a job. */
const consume = ({ contract, payload }: QueuedJob) => {
  const parsed = plainToInstance(contract.payload, JSON.parse(JSON.stringify(payload)) as object);
  expect(validateSync(parsed, { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
  return house.as('system', () => house.bus.execute(contract.toCommand(parsed)));
};

describe('HookRelay', () => {
  it('hands every stored hook to the queue once, as a job that carries it out', async () => {
    const ids = await Promise.all([receive(1), receive(2)]);
    relay.onApplicationBootstrap();
    await eventually(() => queue.jobs.length >= 2);
    await receive(3).then((id) => ids.push(id));
    await eventually(() => queue.jobs.length >= 3);
    expect(new Set(queue.jobs.map(({ contract, payload }) => contract.key(payload)))).toEqual(
      new Set(ids.map((id) => `hook-${id}-0`)),
    );
    for (const job of queue.jobs) await consume(job);
    expect(house.deals.entered.map(({ dealId }) => dealId).sort()).toEqual([1, 2, 3]);
  });

  it('loses no hook when the queue refuses it: it is handed over again later', async () => {
    queue.down = true;
    const id = await receive(4);
    relay.onApplicationBootstrap();
    await eventually(() => queue.refused > 0);
    queue.down = false;
    await database.owner.query(`UPDATE hook_inbox SET queued_at = now() - interval '2 minutes' WHERE id = $1`, [id]);
    expect(await house.module.get<HookInbox>(HOOK_INBOX).requeueStale(60_000)).toBe(1);
    await eventually(() => queue.jobs.length === 1);
    expect(queue.jobs[0]?.payload).toMatchObject({ hookId: id, workspaceId: house.workspaceId, run: 0 });
  });
});

describe('HookReplayer', () => {
  it('hands the hooks of a replay over again, and ends it when they have ended', async () => {
    const id = await receive(5);
    await database.owner.query(`UPDATE hook_inbox SET state = 'failed', outcome = 'crm.unreachable' WHERE id = $1`, [
      id,
    ]);
    const { id: replayId } = await house.as('admin', () => house.bus.execute(new ReplayHookCommand(id, false)));
    const replays = house.module.get<HookReplays>(HOOK_REPLAYS);
    const replayer = new HookReplayer(replays, log, house.bus, house.module.get(CurrentContext));
    replayer.onApplicationBootstrap();
    relay.onApplicationBootstrap();
    const job = await eventually(() => queue.jobs[0]);
    expect(job.payload).toMatchObject({ hookId: id, run: 1_000 });
    await consume(job);
    const ask = () => house.as('viewer', () => house.bus.ask(new GetHookReplayQuery(replayId)));
    const done = await eventually(async () => (await ask()).status === 'done' && ask());
    await replayer.beforeApplicationShutdown();
    expect(done).toMatchObject({ handed: 1, pending: 0, outcomes: { started: 1 } });
  });
});

describe('DirectorySchedule', () => {
  it('has a directory read that is missing or old, once a period', async () => {
    const schedule = new DirectorySchedule(house.module.get<Directories>(DIRECTORIES), queue, log);
    schedule.onApplicationBootstrap();
    const job = await eventually(() => queue.jobs[0]);
    await schedule.beforeApplicationShutdown();
    expect(job.contract.key(job.payload)).toMatch(new RegExp(`^directory-${house.workspaceId}-\\d+$`));
    const before = house.amo.calls.readDirectory;
    await consume(job);
    expect(house.amo.calls.readDirectory).toBe(before + 1);
  });
});

describe('ConnectionSchedule', () => {
  it('has a blocked account asked once a period, and what it says is recorded', async () => {
    const grants = house.module.get<AmoGrants>(AMO_GRANTS);
    await house.as('system', async () => grants.markState('blocked', 'HTML', await grants.current()));
    await database.owner.query(`UPDATE amo_connections SET state_since = now() - interval '2 minutes'`);
    const connections = house.module.get<AmoConnections>(AMO_CONNECTIONS);
    const schedules = [0, 1].map(() => new ConnectionSchedule(connections, queue, log));
    for (const schedule of schedules) schedule.onApplicationBootstrap();
    const [job] = await eventually(() => (queue.jobs.length === 2 ? queue.jobs : undefined));
    await Promise.all(schedules.map((schedule) => schedule.beforeApplicationShutdown()));
    const keys = queue.jobs.map(({ contract, payload }) => contract.key(payload));
    expect(keys[0]).toMatch(new RegExp(`^check-${house.workspaceId}-\\d+$`));
    house.amo.whenProbed = async () => grants.markWorking(await grants.current('probe'));
    await consume(job!);
    await expect(house.as('system', () => grants.current())).resolves.toMatchObject({ accountId: 31 });
  });
});
