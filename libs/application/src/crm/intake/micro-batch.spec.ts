import { describe, expect, it } from '@jest/globals';
import { MicroBatch, type MicroBatchLimits } from './micro-batch.js';

const limits: MicroBatchLimits = {
  lingerMs: 1,
  maxItems: 3,
  maxBytes: 100,
  maxParallel: 1,
  maxBacklogBytes: 1_000,
  maxSenderBytes: 900,
};

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
    const waiting = [1, 2].map((item) => micro.add(item, 1, 'a').then(() => done.push(item)));
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
    const waiting = [1, 2, 3, 4, 5].map((item) => micro.add(item, item === 5 ? 99 : 2, 'a'));
    for (const index of [0, 1, 2]) (await batch(index)).end();
    await Promise.all(waiting);
    expect(batches.map(({ items }) => items)).toEqual([[1, 2, 3], [4], [5]]);
  });

  it('stores one that is larger than a batch alone', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const waiting = micro.add(1, 500, 'a');
    (await batch(0)).end();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('tells the error to those of the batch, and goes on', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const failing = Promise.allSettled([1, 2, 3].map((item) => micro.add(item, 1, 'a')));
    const next = micro.add(4, 1, 'a');
    (await batch(0)).end(new Error('gone'));
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    (await batch(1)).end();
    await expect(next).resolves.toBeUndefined();
  });

  it('has room until the bytes on their way reach the bound, and again afterwards', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const waiting = micro.add(1, 800, 'a');
    expect([micro.hasRoomFor(100, 'a'), micro.hasRoomFor(101, 'a')]).toEqual([true, false]);
    expect([micro.hasRoomFor(200, 'b'), micro.hasRoomFor(201, 'b')]).toEqual([true, false]);
    (await batch(0)).end();
    await waiting;
    expect([micro.hasRoomFor(900, 'a'), micro.backlogBytes]).toEqual([true, 0]);
  });

  it('lets senders take turns: one that sends many does not keep another waiting', async () => {
    const { store, batch } = aStore();
    const micro = new MicroBatch<number>(limits, store);
    const waiting = [
      ...[1, 2, 3, 4, 5, 6, 7].map((item) => micro.add(item, 1, 'noisy')),
      micro.add(11, 1, 'b'),
      micro.add(12, 1, 'c'),
      micro.add(13, 1, 'c'),
    ];
    const batches: (readonly number[])[] = [];
    for (const index of [0, 1, 2, 3]) {
      const { items, end } = await batch(index);
      batches.push(items);
      end();
    }
    await Promise.all(waiting);
    // The first left before the others came.
    expect(batches).toEqual([[1, 2, 3], [4, 11, 12], [5, 13, 6], [7]]);
  });
});
