import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import type { RequestContext } from '#application/shared/context/request-context.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { currentSession } from '#infrastructure/postgres/shared/session.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { latch } from '#testing/bus/rendezvous.js';
import { DoAloneCommand, DoCommand, type Work } from '#testing/bus/sample-messages.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

let database: TestDatabase;
let house: BusHouse;
let key: string;
beforeAll(async () => {
  database = await testDatabase();
  house = await busHouse(database);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => {
  key = v7();
});

/** A handler that counts its runs and answers with their number. */
const counting = () => {
  const state = { runs: 0, work: async (): Promise<unknown> => ({ run: ++state.runs }) };
  return state;
};
const send = (work: Work, overrides: Partial<RequestContext> = {}, fingerprint = 'a') =>
  house.as({ idempotency: { key, fingerprint }, ...overrides }, () => house.bus.execute(new DoCommand(work)));
const marks = () => database.owner.query(`SELECT key FROM idempotency_keys WHERE key = $1`, [key]);
/** Until another connection waits for a lock. */
const someoneWaits = () =>
  eventually(async () => {
    const waiting = await database.owner.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length > 0;
  });

describe('the same key again', () => {
  it('answers the stored result without running the handler', async () => {
    const { work } = counting();
    const first = await send(work);
    expect(await send(work)).toEqual(first);
    expect(await send(() => Promise.reject(new Error('must not run')))).toEqual({ run: 1 });
  });

  it('answers null for a command without a result', async () => {
    expect(await send(() => Promise.resolve(undefined))).toBeUndefined();
    expect(await send(() => Promise.reject(new Error('must not run')))).toBeNull();
  });

  it('is refused for another request, which does not run', async () => {
    const state = counting();
    await send(state.work);
    await expect(send(state.work, {}, 'b')).rejects.toMatchObject({ code: 'shared.idempotency_key_reused' });
    expect(state.runs).toBe(1);
  });

  it('is another key in another workspace', async () => {
    const state = counting();
    const elsewhere = { workspaceId: asId<WorkspaceId>(v7()) };
    expect(await send(state.work)).toEqual({ run: 1 });
    expect(await send(state.work, elsewhere, 'b')).toEqual({ run: 2 });
    expect(await send(state.work)).toEqual({ run: 1 });
    expect(await send(state.work, elsewhere, 'b')).toEqual({ run: 2 });
  });

  it('runs again after a failure, which leaves no mark', async () => {
    const state = counting();
    await expect(send(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await marks()).toEqual([]);
    expect(await send(state.work, {}, 'b')).toEqual({ run: 1 });
  });

  it('belongs to the outermost command: those it sends are part of it', async () => {
    const state = counting();
    const both = () => send(async () => [await house.bus.execute(new DoCommand(state.work)), await state.work()]);
    expect(await both()).toEqual([{ run: 1 }, { run: 2 }]);
    expect(await both()).toEqual([{ run: 1 }, { run: 2 }]);
  });

  it('is refused for a command that opens its own transactions: its result cannot be given again', async () => {
    const state = counting();
    const alone = () =>
      house.as({ idempotency: { key, fingerprint: 'a' } }, () => house.bus.execute(new DoAloneCommand(state.work)));
    await expect(alone()).rejects.toThrow(expect.objectContaining({ code: 'shared.validation_failed' }));
    expect(await marks()).toEqual([]);
  });
});

describe('a twin that arrives meanwhile', () => {
  /** Begin a command that holds the key until `finish` is called. */
  const begun = async (end: () => Promise<unknown>) => {
    const [running, finish] = [latch(), latch()];
    const result = send(async () => {
      running.open();
      await finish.opened;
      return end();
    });
    // Whoever rejects is awaited below.
    result.catch(() => undefined);
    await running.opened;
    return { result, finish: () => finish.open() };
  };

  it('waits for the first one and gets its result', async () => {
    const state = counting();
    const first = await begun(() => Promise.resolve({ from: 'first' }));
    const twin = send(state.work);
    await someoneWaits();
    first.finish();
    expect([await first.result, await twin]).toEqual([{ from: 'first' }, { from: 'first' }]);
    expect(state.runs).toBe(0);
  });

  it('runs when the first one fails', async () => {
    const state = counting();
    const first = await begun(() => Promise.reject(new Error('first failed')));
    const twin = send(state.work);
    await someoneWaits();
    first.finish();
    await expect(first.result).rejects.toThrow('first failed');
    expect(await twin).toEqual({ run: 1 });
  });

  it('does not wait in another workspace', async () => {
    const state = counting();
    const first = await begun(() => Promise.resolve('first'));
    expect(await send(state.work, { workspaceId: asId<WorkspaceId>(v7()) })).toEqual({ run: 1 });
    first.finish();
    expect(await first.result).toBe('first');
  });

  it('is told that the request is still being carried out when that takes too long', async () => {
    const state = counting();
    const first = await begun(() => Promise.resolve('first'));
    const unitOfWork = house.module.get<UnitOfWork>(UNIT_OF_WORK);
    const impatient = house.as({}, () =>
      unitOfWork.transact(async () => {
        // Ten seconds by default.
        await currentSession().rows(`SET LOCAL lock_timeout = '50ms'`);
        return send(state.work);
      }),
    );
    await expect(impatient).rejects.toMatchObject({ code: 'shared.idempotency_in_progress', kind: 'conflict' });
    expect(state.runs).toBe(0);
    first.finish();
    expect(await first.result).toBe('first');
  });
});
