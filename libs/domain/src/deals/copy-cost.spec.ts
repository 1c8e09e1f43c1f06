import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchesOf, estimateCopy, slices } from './copy-cost.js';
import { DEFAULT_COPY_OPTIONS } from './copy-options.js';

const usual = { tasksPerDeal: 3, notesPerDeal: 3, productsPerDeal: 2 };
const nothing = { tasks: 'none', notes: [], products: 'none', linkNotes: false } as const;

describe('estimateCopy', () => {
  it.each([
    // deals, reads, writes, requests, seconds at 7/s
    [0, 0, 0, 0, 0],
    [1, 4, 4, 8, 2],
    [50, 4, 4, 8, 2],
    [51, 4, 6, 10, 2],
    [250, 10, 15, 25, 4],
    [251, 14, 19, 33, 5],
    [1_000, 40, 60, 100, 15],
    [10_000, 400, 600, 1_000, 150],
    [100_000, 4_000, 6_000, 10_000, 1_430],
    [1_000_000, 40_000, 60_000, 100_000, 14_340],
  ])('%i deals with 3 tasks, 3 notes and 2 products each', (deals, reads, writes, requests, seconds) => {
    expect(estimateCopy({ deals, ...usual }, DEFAULT_COPY_OPTIONS, 7)).toEqual({
      deals,
      reads,
      writes,
      requests,
      seconds,
    });
  });

  it.each([
    [1, 1, 1],
    [1_000, 4, 20],
  ])('%i deals without anything', (deals, reads, writes) => {
    expect(estimateCopy({ deals, ...usual }, nothing, 7)).toMatchObject({ reads, writes });
  });

  it('reads for parts that turn out empty, and writes nothing for them', () => {
    const volume = { deals: 10, tasksPerDeal: 0, notesPerDeal: 0, productsPerDeal: 0 };
    expect(estimateCopy(volume, { ...DEFAULT_COPY_OPTIONS, linkNotes: false }, 7)).toMatchObject({
      reads: 3,
      writes: 1,
    });
  });

  it('takes averages with a fraction', () => {
    const volume = { deals: 100, tasksPerDeal: 2.505, notesPerDeal: 0.1, productsPerDeal: 0 };
    expect(estimateCopy(volume, DEFAULT_COPY_OPTIONS, 7)).toMatchObject({ reads: 1 + 2 + 1, writes: 2 + 2 + 1 });
  });

  it('refuses a rate of nothing', () => {
    expect(() => estimateCopy({ deals: 1, ...usual }, nothing, 0)).toThrow(RangeError);
  });

  it('more deals never cost less, and time is never promised too short', () => {
    const average = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        fc.nat(5_000),
        fc.nat(500),
        average,
        average,
        average,
        fc.integer({ min: 1, max: 50 }),
        (deals, more, tasks, notes, products, rate) => {
          const cost = (count: number): ReturnType<typeof estimateCopy> =>
            estimateCopy(
              { deals: count, tasksPerDeal: tasks, notesPerDeal: notes, productsPerDeal: products },
              DEFAULT_COPY_OPTIONS,
              rate,
            );
          const [small, large] = [cost(deals), cost(deals + more)];
          expect(large.requests).toBeGreaterThanOrEqual(small.requests);
          expect(small.requests).toBe(small.reads + small.writes);
          expect(small.seconds).toBeGreaterThanOrEqual(small.requests / rate);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('slices', () => {
  it('cuts in order', () => {
    expect(slices([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(slices([], 2)).toEqual([]);
  });

  it('refuses a size that holds nothing', () => {
    expect(() => slices([1], 0)).toThrow(RangeError);
    expect(() => slices([1], 1.5)).toThrow(RangeError);
  });

  it('loses nothing, and has as many pieces as batchesOf says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (list, size) => {
        const pieces = slices(list, size);
        expect(pieces.flat()).toEqual(list);
        expect(pieces).toHaveLength(batchesOf(list.length, size));
        expect(Math.max(0, ...pieces.map(({ length }) => length))).toBeLessThanOrEqual(size);
      }),
    );
  });
});
