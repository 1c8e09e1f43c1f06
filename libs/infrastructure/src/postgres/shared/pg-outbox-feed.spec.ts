import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { publishEventJob } from '#application/shared/events/publish-event/publish-event.job.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { OUTBOX_FEED, type OutboxFeed, type OutboxRow } from '#application/shared/ports/outbox-feed.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { latch } from '#testing/bus/rendezvous.js';
import { DoCommand } from '#testing/bus/sample-messages.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

let database: TestDatabase;
let houses: readonly [BusHouse, BusHouse];
let feeds: readonly [OutboxFeed, OutboxFeed];
beforeAll(async () => {
  database = await testDatabase();
  houses = [await busHouse(database), await busHouse(database)];
  feeds = [houses[0].module.get(OUTBOX_FEED), houses[1].module.get(OUTBOX_FEED)];
});
afterAll(async () => {
  for (const { module } of houses) await module.close();
  await database.close();
});
afterEach(() => database.owner.query('TRUNCATE outbox, idempotency_keys'));

/** Leave `count` jobs, `first` being the name of the first. */
const leave = (count: number, { first = 0, delayMs = 0 } = {}, house = houses[0]) =>
  house.as({}, () =>
    house.bus.execute(
      new DoCommand(async () => {
        const outbox = house.module.get<Outbox>(OUTBOX);
        for (let index = first; index < first + count; index++) {
          const payload = { workspaceId: house.workspaceId, eventId: `${index}`, wireName: 'test.fact', event: {} };
          await outbox.enqueue(publishEventJob, payload, { delayMs });
        }
      }),
    ),
  );
const idOf = ({ payload }: OutboxRow) => Number((payload as { eventId: string }).eventId);
const KNOWN = [publishEventJob.name];
const idsOf = (rows: readonly OutboxRow[]) => rows.map(({ id }) => id);
const pump = async (feed: OutboxFeed, limit = 100): Promise<readonly OutboxRow[]> => {
  const handed: OutboxRow[] = [];
  const count = await feed.pump(limit, KNOWN, async (rows) => {
    handed.push(...rows);
    return idsOf(rows);
  });
  expect(count).toBe(handed.length);
  return handed;
};

/** Look at what waits, take none of it. */
const pumpNothing = async (feed: OutboxFeed): Promise<readonly OutboxRow[]> => {
  let seen: readonly OutboxRow[] = [];
  await feed.pump(100, KNOWN, async (rows) => {
    seen = rows;
    return [];
  });
  return seen;
};

describe('pump', () => {
  it('hands every row over once, oldest first, at most so many at a time', async () => {
    // Ids of one and of two digits: as texts they would have another order.
    await database.owner.query('ALTER TABLE outbox ALTER COLUMN id RESTART WITH 8');
    await leave(5);
    const rounds = [await pump(feeds[0], 3), await pump(feeds[0], 3), await pump(feeds[0], 3)];
    expect(rounds.map((rows) => rows.map(idOf))).toEqual([[0, 1, 2], [3, 4], []]);
    expect(await feeds[0].backlog()).toBe(0);
  });

  it('carries what the job needs, from every workspace', async () => {
    await leave(1, { delayMs: 60_000 });
    await leave(1, { first: 1 }, houses[1]);
    const [delayed, other] = await pump(feeds[0]);
    expect(delayed).toMatchObject({
      workspaceId: houses[0].workspaceId,
      kind: 'job',
      name: 'shared.publish-event',
      payload: { workspaceId: houses[0].workspaceId, eventId: '0', wireName: 'test.fact', event: {} },
      correlationId: 'test',
    });
    expect(delayed?.delayMs).toBeGreaterThan(30_000);
    expect(delayed?.delayMs).toBeLessThanOrEqual(60_000);
    expect(other).toMatchObject({ workspaceId: houses[1].workspaceId, delayMs: 0 });
  });

  it('never hands a row to two feeds, and lets none wait for the other', async () => {
    await leave(4);
    const [holding, release] = [latch(), latch()];
    const first: number[] = [];
    const held = feeds[0].pump(3, KNOWN, async (rows) => {
      first.push(...rows.map(idOf));
      holding.open();
      await release.opened;
      return idsOf(rows);
    });
    await holding.opened;
    expect((await pump(feeds[1])).map(idOf)).toEqual([3]);
    expect(await pump(feeds[1])).toEqual([]);
    release.open();
    expect([await held, first]).toEqual([3, [0, 1, 2]]);
    expect(await pump(feeds[1])).toEqual([]);
  });

  it('leaves all rows when handing fails', async () => {
    await leave(2);
    const failing = feeds[0].pump(10, KNOWN, () => Promise.reject(new Error('the queue is away')));
    await expect(failing).rejects.toThrow('the queue is away');
    expect(await feeds[0].backlog()).toBe(2);
    expect((await pump(feeds[1])).map(idOf)).toEqual([0, 1]);
  });

  it('marks just the rows that were taken', async () => {
    await leave(3);
    const [, second] = idsOf(await pumpNothing(feeds[0]));
    expect(await feeds[0].pump(10, KNOWN, async () => [second!])).toBe(1);
    expect((await pump(feeds[0])).map(idOf)).toEqual([0, 2]);
  });

  it('leaves jobs of unknown names to a process that knows them, without letting them block others', async () => {
    await leave(2);
    await database.owner.query(`UPDATE outbox SET name = 'test.of-tomorrow' WHERE payload->>'eventId' = '0'`);
    expect((await pump(feeds[0], 1)).map(idOf)).toEqual([1]);
    expect(await pump(feeds[0])).toEqual([]);
    expect(await feeds[0].backlog()).toBe(1);
    const tomorrow = await feeds[0].pump(10, [...KNOWN, 'test.of-tomorrow'], async (rows) => idsOf(rows));
    expect([tomorrow, await feeds[0].backlog()]).toEqual([1, 0]);
  });

  it('hands events over whatever jobs are known', async () => {
    await leave(1);
    await database.owner.query(`UPDATE outbox SET kind = 'event', name = 'test.fact'`);
    expect(await feeds[0].pump(10, [], async (rows) => idsOf(rows))).toBe(1);
  });

  it('does not ask its receiver about nothing', async () => {
    expect(await feeds[0].pump(10, KNOWN, () => Promise.reject(new Error('must not be asked')))).toBe(0);
  });
});

describe('the outbox', () => {
  it('takes no row of another kind', async () => {
    const { workspaceId } = houses[0];
    const insert = database.owner.query(
      `INSERT INTO outbox (workspace_id, kind, name, payload, correlation_id) VALUES ($1, 'mail', 'a', '{}', 'c')`,
      [workspaceId],
    );
    await expect(insert).rejects.toMatchObject({ code: '23514' });
  });
});

describe('prune', () => {
  it('removes handed rows and idempotency keys past their age, and nothing that still waits', async () => {
    await leave(4);
    await pump(feeds[0], 3);
    const age = (ids: string) =>
      `CASE WHEN payload->>'eventId' IN (${ids}) THEN interval '25 hours' ELSE interval '0' END`;
    await database.owner.query(`UPDATE outbox SET handed_at = handed_at - ${age(`'0', '1'`)}`);
    await database.owner.query(`UPDATE outbox SET created_at = created_at - ${age(`'3'`)}`);
    await database.owner.query(
      `INSERT INTO idempotency_keys (workspace_id, key, fingerprint, created_at)
       VALUES ($1, 'old', 'a', now() - interval '25 hours'), ($1, 'young', 'a', now() - interval '23 hours')`,
      [houses[0].workspaceId],
    );
    await feeds[0].prune(24);
    const left = await database.owner.query<{ id: string }[]>(
      `SELECT payload->>'eventId' AS id FROM outbox ORDER BY id`,
    );
    expect(left.map(({ id }) => id)).toEqual(['2', '3']);
    expect(await database.owner.query('SELECT key FROM idempotency_keys')).toEqual([{ key: 'young' }]);
  });

  it('works a great backlog off in several slices', async () => {
    await database.owner.query(
      `INSERT INTO outbox (workspace_id, kind, name, payload, correlation_id, handed_at)
       SELECT $1, 'event', 'test.fact', '{}', 'c', now() - interval '25 hours' FROM generate_series(1, 10001)`,
      [houses[0].workspaceId],
    );
    await feeds[0].prune(24);
    expect(await database.owner.query('SELECT count(*)::int AS left FROM outbox')).toEqual([{ left: 0 }]);
  });
});
