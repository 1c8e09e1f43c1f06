import { describe, expect, it } from '@jest/globals';
import { latencyTable, medianOf } from './latency-table.js';

describe('medianOf', () => {
  it.each([
    [[3], 3],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[], Number.NaN],
  ])('of %j is %d', (values, median) => {
    expect(medianOf(values)).toBe(median);
  });
});

it('latencyTable says what was measured, and nothing where nothing was', () => {
  const table = latencyTable([
    { mode: 'redis', who: 'a person in A', alone: [1, 2], beside: [3, 6] },
    { mode: 'redis', who: 'a person in B', alone: [1], beside: [] },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| redis | a person in A | 1.50 | 2.00 | 4.50 | 6.00 | 3.0 × |',
    '| redis | a person in B | 1.00 | 1.00 | – | – | – |',
  ]);
});
