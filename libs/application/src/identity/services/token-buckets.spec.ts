import { describe, expect, it } from '@jest/globals';
import { TokenBuckets } from './token-buckets.js';

const LIMITS = { perSecond: 2, burst: 3 };

describe('TokenBuckets', () => {
  it('let a burst through, then the rate, each caller on its own', () => {
    const buckets = new TokenBuckets(10);
    const take = (key: string, nowMs: number) => buckets.take(key, LIMITS, nowMs);
    expect([take('a', 0), take('a', 0), take('a', 0), take('a', 0), take('b', 0)]).toEqual([0, 0, 0, 500, 0]);
    expect([take('a', 250), take('a', 500), take('a', 500)]).toEqual([250, 0, 500]);
    expect([take('a', 60_000), take('a', 60_000), take('a', 60_000), take('a', 60_000)]).toEqual([0, 0, 0, 500]);
  });

  it('take a turn back, and follow limits that change', () => {
    const buckets = new TokenBuckets(10);
    for (let turn = 0; turn < 3; turn++) buckets.take('a', LIMITS, 0);
    buckets.giveBack('a');
    buckets.giveBack('unknown');
    expect([buckets.take('a', LIMITS, 0), buckets.take('a', LIMITS, 0)]).toEqual([0, 500]);
    expect(buckets.take('a', { perSecond: 100, burst: 1 }, 10)).toBe(0);
  });

  it('give nothing for a clock that was put back, and keep to their bound', () => {
    const buckets = new TokenBuckets(1);
    for (let turn = 0; turn < 3; turn++) buckets.take('a', LIMITS, 1_000);
    expect(buckets.take('a', LIMITS, 0)).toBe(500);
    buckets.take('b', LIMITS, 0);
    expect(buckets.take('a', LIMITS, 0)).toBe(0);
  });
});
