import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onEvent } from '#application/shared/events/subscriptions.js';
import { publishEventJob } from '#application/shared/events/publish-event/publish-event.job.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { currentSession } from '#infrastructure/postgres/shared/session.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { rendezvous } from '#testing/bus/rendezvous.js';
import { DoAsSystemCommand, DoCommand, type Work } from '#testing/bus/sample-messages.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

let database: TestDatabase;
let house: BusHouse;
let outbox: Outbox;
let audit: AuditTrail;
beforeAll(async () => {
  database = await testDatabase();
  house = await busHouse(database);
  outbox = house.module.get(OUTBOX);
  audit = house.module.get(AUDIT_TRAIL);
  onEvent('test.heard', () => new DoAsSystemCommand(() => Promise.resolve()));
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

const execute = (work: Work) => house.as({}, () => house.bus.execute(new DoCommand(work)));
/** A row of one's own: set it to `value`. */
const put = (name: string, value: number) =>
  currentSession().affected(
    `INSERT INTO copy_turns (workspace_id, name, next) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id, name) DO UPDATE SET next = $3`,
    [house.workspaceId, name, value],
  );
const stored = async (name: string) => {
  const [row] = await database.owner.query<{ next: string }[]>('SELECT next FROM copy_turns WHERE name = $1', [name]);
  return row ? Number(row.next) : null;
};
const leave = async (name: string) => {
  const { workspaceId } = house;
  await put(name, 1);
  await outbox.publish([{ wireName: 'test.heard', payload: { name } }]);
  const payload = { workspaceId, eventId: name, wireName: 'test.heard', event: {} };
  await outbox.enqueue(publishEventJob, payload, { delayMs: 60_000 });
  await audit.record({ entityType: 'test.thing', entityId: name, after: { name } });
};
const left = async (name: string) => ({
  rows: await stored(name),
  outbox: await database.owner.query(
    `SELECT kind, name, handed_at IS NULL AS waits, available_at > now() + interval '50 seconds' AS later, correlation_id AS correlation
     FROM outbox WHERE payload->>'name' = $1 OR payload->>'eventId' = $1 ORDER BY id`,
    [name],
  ),
  audit: await database.owner.query(
    `SELECT command, actor_kind AS actor, actor_id AS id, after FROM audit_log WHERE entity_id = $1`,
    [name],
  ),
});

describe('a command', () => {
  it('leaves its rows, events, jobs and audit lines together', async () => {
    await execute(() => leave('kept'));
    expect(await left('kept')).toEqual({
      rows: 1,
      outbox: [
        { kind: 'event', name: 'test.heard', waits: true, later: false, correlation: 'test' },
        { kind: 'job', name: 'shared.publish-event', waits: true, later: true, correlation: 'test' },
      ],
      audit: [{ command: 'Do', actor: 'user', id: house.userId, after: { name: 'kept' } }],
    });
  });

  it('leaves nothing when its handler fails', async () => {
    const failing = execute(async () => {
      await leave('lost');
      throw new Error('too late');
    });
    await expect(failing).rejects.toThrow('too late');
    expect(await left('lost')).toEqual({ rows: null, outbox: [], audit: [] });
  });

  it('keeps an event that nobody listens to as history, and makes no job of it', async () => {
    await execute(() => outbox.publish([{ wireName: 'test.unheard', payload: { name: 'unheard' } }]));
    expect((await left('unheard')).outbox).toMatchObject([{ name: 'test.unheard', waits: false }]);
  });

  it('joins the transaction of the command that sent it, under that one’s name', async () => {
    const nested = (work: Work) => house.bus.execute(new DoAsSystemCommand(work));
    await house.as({ actor: { kind: 'system' } }, () =>
      house.bus.execute(new DoCommand(() => nested(() => leave('nested')))),
    );
    expect(await left('nested')).toMatchObject({ rows: 1, audit: [{ command: 'Do', actor: 'system', id: null }] });

    const undone = house.as({ actor: { kind: 'system' } }, () =>
      house.bus.execute(
        new DoCommand(async () => {
          await nested(() => leave('undone'));
          throw new Error('after the inner command');
        }),
      ),
    );
    await expect(undone).rejects.toThrow('after the inner command');
    expect(await left('undone')).toEqual({ rows: null, outbox: [], audit: [] });
  });
});

describe('a transaction that lost against another', () => {
  it('is run again as a whole after a deadlock', async () => {
    await execute(() => Promise.all([put('a', 0), put('b', 0)]));
    const runs = { ab: 0, ba: 0 };
    const met = rendezvous(2);
    const crossing = (who: 'ab' | 'ba', first: string, second: string, value: number) =>
      execute(async () => {
        runs[who]++;
        await put(first, value);
        await met();
        await put(second, value);
        await leave(who);
        return value;
      });
    expect(await Promise.all([crossing('ab', 'a', 'b', 1), crossing('ba', 'b', 'a', 2)])).toEqual([1, 2]);
    // One of them was the victim, once; its first try left nothing behind.
    expect(runs.ab + runs.ba).toBe(3);
    expect([await stored('a'), await stored('b')]).toEqual(runs.ab === 2 ? [1, 1] : [2, 2]);
    for (const who of ['ab', 'ba']) {
      const { outbox: rows, audit: lines } = await left(who);
      expect([rows.length, lines.length]).toEqual([2, 1]);
    }
  });

  it.each(['40001', '40P01'])('is tried four times at most on %s', async (state) => {
    let runs = 0;
    const failing = execute(async () => {
      runs++;
      await put('tried', runs);
      return currentSession().rows(`DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '${state}'; END $$`);
    });
    await expect(failing).rejects.toMatchObject({ code: state });
    expect([runs, await stored('tried')]).toEqual([4, null]);
  });

  it('is not tried again for any other reason', async () => {
    let runs = 0;
    const failing = execute(async () => {
      runs++;
      return currentSession().rows('SELECT 1 / 0');
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(runs).toBe(1);
  });

  it('claims its idempotency key anew with every try', async () => {
    let runs = 0;
    const work = async () => {
      runs++;
      if (runs === 1) await currentSession().rows(`DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$`);
      return { runs };
    };
    const send = () =>
      house.as({ idempotency: { key: 'retried', fingerprint: 'a' } }, () => house.bus.execute(new DoCommand(work)));
    expect([await send(), await send()]).toEqual([{ runs: 2 }, { runs: 2 }]);
  });

  it('lets the next command go on with the same connections', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      execute(async () => {
        if (index % 2 === 0) await currentSession().rows('SELECT 1 / 0');
        return put(`after-${index}`, index);
      }).catch(() => 0),
    );
    expect((await Promise.all(many)).filter((count) => count === 1)).toHaveLength(10);
  });
});
