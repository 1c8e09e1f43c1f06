import { describe, expect, it } from '@jest/globals';
import { MicroBatch, type MicroBatchLimits } from './micro-batch.js';

const limits: MicroBatchLimits = { lingerMs: 1, maxItems: 3, maxBytes: 100, maxParallel: 1, maxBacklogBytes: 1_000 };

/** A store that takes batches when it is told to. */
const aStore = () => {
  const batches: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const arrivals: (() => void)[] = [];
  const store = (items: readonly number[]) =>
    new Promise<void>((resolve, reject) => {
      batches.push({ items, end: (error) => (error ? reject(error) : resolve()) });
      for (const arrived of arrivals.splice(0)) arrived();
    });
  const batch = async (index: number) => {
    while (batches.length <= index) await new Promise<void>((resolve) => arrivals.push(resolve));
    const found = batches[index];
    if (!found) throw new Error('No batch');
    return found;
  };
  return { store, batch, batches };
};

describe('MicroBatch', () => {
  it('stores together what comes together, and answers only afterwards', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const done: number[] = [];
    const waiting = [1, 2].map((item) => micro.add(item, 1).then(() => done.push(item)));
    const first = await batch(0);
    expect(first.items).toEqual([1, 2]);
    expect(done).toEqual([]);
    first.end();
    await Promise.all(waiting);
    expect(done).toEqual([1, 2]);
  });

  it('cuts batches by number and by size, and keeps the order', async () => {
    const { store, batch, batches } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const waiting = [1, 2, 3, 4, 5].map((item) => micro.add(item, item === 5 ? 99 : 2));
    for (const index of [0, 1, 2]) (await batch(index)).end();
    await Promise.all(waiting);
    expect(batches.map(({ items }) => items)).toEqual([[1, 2, 3], [4], [5]]);
  });

  it('stores one that is larger than a batch alone', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const waiting = micro.add(1, 500);
    (await batch(0)).end();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('tells the error to those of the batch, and goes on', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const failing = Promise.allSettled([1, 2, 3].map((item) => micro.add(item, 1)));
    const next = micro.add(4, 1);
    (await batch(0)).end(new Error('gone'));
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    (await batch(1)).end();
    await expect(next).resolves.toBeUndefined();
  });

  it('has room until the bytes on their way reach the bound, and again afterwards', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const waiting = micro.add(1, 900);
    expect([micro.hasRoomFor(100), micro.hasRoomFor(101)]).toEqual([true, false]);
    (await batch(0)).end();
    await waiting;
    expect(micro.hasRoomFor(1_000)).toBe(true);
  });
});
