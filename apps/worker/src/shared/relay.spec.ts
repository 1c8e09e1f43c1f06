import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { onEvent } from '#application/shared/events/subscriptions.js';
import { publishEventJob } from '#application/shared/events/publish-event/publish-event.job.js';
import type { QueuedJob } from '#application/shared/ports/job-queue.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { OUTBOX_FEED, type OutboxFeed } from '#application/shared/ports/outbox-feed.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { FakeJobQueue } from '#testing/bus/fake-job-queue.js';
import { keptLog, type KeptLog } from '#testing/bus/kept-log.js';
import { DoAsSystemCommand, DoCommand } from '#testing/bus/sample-messages.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { OutboxRelay } from './relay.js';

let database: TestDatabase;
let house: BusHouse;
let feed: OutboxFeed;
beforeAll(async () => {
  database = await testDatabase();
  house = await busHouse(database);
  feed = house.module.get(OUTBOX_FEED);
  onEvent('test.heard', () => new DoAsSystemCommand(() => Promise.resolve()));
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

let queue: FakeJobQueue;
let kept: KeptLog;
const relays: OutboxRelay[] = [];
beforeEach(() => {
  queue = new FakeJobQueue();
  kept = keptLog();
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.beforeApplicationShutdown()));
  await database.owner.query('DELETE FROM outbox');
});

const start = () => {
  const relay = new OutboxRelay(feed, queue, kept.log);
  relay.onApplicationBootstrap();
  relays.push(relay);
};
const inTransaction = (work: (outbox: Outbox) => Promise<void>) =>
  house.as({ correlationId: 'cause' }, () =>
    house.bus.execute(new DoCommand(() => work(house.module.get<Outbox>(OUTBOX)))),
  );
const payload = (eventId: string) => ({
  workspaceId: house.workspaceId,
  eventId,
  wireName: 'test.heard',
  event: { a: 1 },
});
const keys = () => queue.jobs.map(({ contract, payload: given }) => contract.key(given)).sort();

describe('OutboxRelay', () => {
  it('hands jobs over with their contract, cause and delay', async () => {
    start();
    await inTransaction((outbox) => outbox.enqueue(publishEventJob, payload('1'), { delayMs: 60_000 }));
    const job = await eventually(() => queue.jobs[0]);
    expect(job).toMatchObject({ contract: publishEventJob, payload: payload('1'), correlationId: 'cause' });
    expect(job.delayMs).toBeGreaterThan(30_000);
    expect(job.delayMs).toBeLessThanOrEqual(60_000);
    await eventually(async () => (await feed.backlog()) === 0);
  });

  it('makes an event the job that tells its subscribers', async () => {
    start();
    await inTransaction((outbox) => outbox.publish([{ wireName: 'test.heard', payload: { dealId: 7 } }]));
    const job = await eventually(() => queue.jobs[0]);
    const [row] = await database.owner.query<{ eventId: string }[]>(
      `SELECT id || '-' || (extract(epoch FROM created_at) * 1000000)::bigint AS "eventId" FROM outbox`,
    );
    expect(job).toMatchObject({
      contract: publishEventJob,
      payload: { workspaceId: house.workspaceId, eventId: row?.eventId, wireName: 'test.heard', event: { dealId: 7 } },
      correlationId: 'cause',
      delayMs: 0,
    });
    expect(keys()).toEqual([`event-${row?.eventId}`]);
  });

  it('leaves a job of an unknown name to a newer process, and goes on with the others', async () => {
    await database.owner.query(
      `INSERT INTO outbox (workspace_id, kind, name, payload, correlation_id) VALUES ($1, 'job', 'test.of-tomorrow', '{}', 'c')`,
      [house.workspaceId],
    );
    await inTransaction((outbox) => outbox.enqueue(publishEventJob, payload('2')));
    start();
    await eventually(async () => queue.jobs.length === 1 && (await feed.backlog()) === 1);
    expect(keys()).toEqual(['event-2']);
    const [waiting] = await database.owner.query<{ name: string }[]>('SELECT name FROM outbox WHERE handed_at IS NULL');
    expect(waiting).toEqual({ name: 'test.of-tomorrow' });
  });

  it('hands over what it can when the queue refuses one job for good, and says which', async () => {
    const refuse = ({ payload: given }: QueuedJob) => (given as { eventId: string }).eventId === 'bad';
    queue.refuses = refuse;
    await inTransaction(async (outbox) => {
      for (const id of ['4', 'bad', '5']) await outbox.enqueue(publishEventJob, payload(id));
    });
    start();
    await eventually(() => queue.jobs.length === 2);
    await eventually(async () => (await feed.backlog()) === 1);
    expect(keys()).toEqual(['event-4', 'event-5']);
    expect(kept.lines[0]).toMatchObject({ level: 50, job: publishEventJob.name });
  });

  it('keeps what the queue refuses, and hands it over once the queue is back', async () => {
    queue.down = true;
    start();
    await inTransaction((outbox) => outbox.enqueue(publishEventJob, payload('3')));
    await eventually(() => queue.refused > 0);
    expect(await feed.backlog()).toBe(1);
    queue.down = false;
    await eventually(() => queue.jobs.length > 0);
    expect(keys()).toEqual(['event-3']);
  });

  it('shares the work with other relays: every row is handed over once', async () => {
    await inTransaction(async (outbox) => {
      for (let n = 0; n < 450; n++) await outbox.enqueue(publishEventJob, payload(`n${n}`));
    });
    for (let n = 0; n < 3; n++) start();
    await eventually(async () => (await feed.backlog()) === 0);
    expect(queue.jobs).toHaveLength(450);
    expect(new Set(keys()).size).toBe(450);
  });
});
