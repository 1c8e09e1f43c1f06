import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { latch } from '#testing/bus/rendezvous.js';
import { type DealsHouse, dealsHouse, SETTLE_MS } from '#testing/deals/deals-house.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

const LEASE_MS = 600;

let database: TestDatabase;
let house: DealsHouse;
beforeAll(async () => {
  database = await testDatabase();
  house = await dealsHouse(database, { leaseMs: LEASE_MS });
});
afterAll(async () => {
  await house.close();
  await database.close();
});
beforeEach(() => house.amo.behave());

const BUSY = { code: 'crm.busy', kind: 'upstream_busy' };
const leaseOf = async (id: CopyOperationId) => {
  const [row] = await database.owner.query<{ lease: string | null; until: Date | null }[]>(
    'SELECT lease_id AS lease, lease_until AS until FROM copy_chunks WHERE operation_id = $1 AND chunk = 0',
    [id],
  );
  return row;
};
/** Give the chunk to another worker, whose lease ends so many milliseconds from now. */
const takeOver = (id: CopyOperationId, forMs = 60_000) =>
  database.owner.query(
    `UPDATE copy_chunks SET lease_id = $2, lease_until = now() + $3 * interval '1 millisecond' WHERE operation_id = $1`,
    [id, v7(), forMs],
  );

describe('the lease of a chunk', () => {
  it('keeps a second worker out while the first is at work', async () => {
    const source = house.amo.addDeal();
    const id = await house.order([source]);
    const [reading, go] = [latch(), latch()];
    house.amo.onCall = async (method) => {
      if (method !== 'readDeals') return;
      reading.open();
      await go.opened;
    };
    const first = house.run(id);
    await reading.opened;
    const second = await house.run(id).catch((error: unknown) => error);
    expect(second).toMatchObject(BUSY);
    expect((second as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0);
    go.open();
    await first;
    expect(house.amo.sizesOf('readDeals')).toEqual([1]);
    expect(house.amo.copiesOf(source.id)).toHaveLength(1);
    expect(await leaseOf(id)).toEqual({ lease: null, until: null });
  });

  it('is prolonged for as long as the worker is at work', async () => {
    const id = await house.order([house.amo.addDeal()]);
    let prolonged = 0;
    house.amo.onCall = async (method) => {
      if (method !== 'readDeals') return;
      for (; prolonged < 3; prolonged++) {
        const before = await leaseOf(id);
        const later = await eventually(async () => {
          const now = await leaseOf(id);
          return (now?.until?.getTime() ?? 0) > (before?.until?.getTime() ?? 0) && now;
        });
        expect(later.lease).toBe(before?.lease);
      }
    };
    await house.run(id);
    expect(prolonged).toBe(3);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded' });
  });

  it('of a dead worker is honoured until it ends', async () => {
    const source = house.amo.addDeal();
    const id = await house.order([source]);
    await takeOver(id);
    await expect(house.run(id)).rejects.toMatchObject(BUSY);
    await takeOver(id, -1);
    await house.run(id);
    expect(house.amo.copiesOf(source.id)).toHaveLength(1);
  });

  it('is given back after a failure, so that the next try need not wait for it', async () => {
    const id = await house.order([house.amo.addDeal()]);
    house.amo.failNext('readDeals', new Error('no'));
    await expect(house.run(id)).rejects.toThrow('no');
    expect(await leaseOf(id)).toEqual({ lease: null, until: null });
    await house.run(id);
  });
});

describe('a worker that lost its lease', () => {
  it('records nothing more, and its successor makes no second copy', async () => {
    const sources = Array.from({ length: 60 }, () => house.amo.addDeal());
    const id = await house.order(sources);
    house.amo.onCall = async (method) => {
      if (method === 'createDeals') await takeOver(id);
    };
    await expect(house.run(id)).rejects.toMatchObject(BUSY);
    // The batch that was on its way is there; no other was sent, and nothing was recorded of it.
    expect(house.amo.calls.map(({ method }) => method).filter((method) => !method.startsWith('read'))).toEqual([
      'createDeals',
    ]);
    const steps = (await house.items(id)).map(({ step, target }) => [step, target]);
    expect(steps).toEqual([...Array<unknown>(50).fill(['creating', null]), ...Array<unknown>(10).fill(['new', null])]);
    // Nor did it take its successor's lease away.
    expect((await leaseOf(id))?.lease).not.toBeNull();

    house.amo.behave();
    await takeOver(id, -1);
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(house.amo.sizesOf('createDeals')).toEqual([10]);
    expect(sources.map(({ id: source }) => house.amo.copiesOf(source).length)).toEqual(Array(60).fill(1));
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 60 });
  });

  it('stops waiting for amoCRM as soon as it notices', async () => {
    const source = house.amo.addDeal();
    const id = await house.order([source]);
    house.amo.onCall = async (method, { signal }) => {
      if (method !== 'createDeals') return;
      await takeOver(id);
      // Ends the test's patience when nobody notices.
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    };
    await expect(house.run(id)).rejects.toMatchObject(BUSY);
    // It was never sent: the wait for its turn was cut short.
    expect(house.amo.copiesOf(source.id)).toEqual([]);
    expect(await house.items(id)).toMatchObject([{ step: 'creating' }]);
  });

  it('does not end the chunk that was queued anew meanwhile', async () => {
    const id = await house.order([house.amo.addDeal()]);
    house.amo.onCall = async (method) => {
      if (method === 'createNotes')
        await database.owner.query(`UPDATE copy_chunks SET run = 2, lease_id = NULL WHERE operation_id = $1`, [id]);
    };
    await expect(house.run(id)).rejects.toMatchObject(BUSY);
    expect(await house.chunk(id)).toMatchObject({ status: 'queued', run: 2 });
    expect(await house.operation(id)).toMatchObject({ status: 'running', done: 0 });
    house.amo.behave();
    // Its job comes back and finds that the chunk is another run's.
    await house.run(id);
    expect(house.amo.calls).toEqual([]);
  });
});
