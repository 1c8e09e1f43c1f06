import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SenderRate } from './sender-rate.js';

const taken = (rate: SenderRate, sender: string, times: number, nowMs: number) =>
  Array.from({ length: times }, () => rate.take(sender, nowMs)).filter((waitMs) => waitMs === 0).length;

describe('SenderRate', () => {
  it('takes a burst, then so many a second, of each sender apart', () => {
    const rate = new SenderRate({ perSecond: 10, burst: 30 });
    expect(taken(rate, 'a', 50, 0)).toBe(30);
    expect(rate.take('a', 0)).toBe(100);
    expect(taken(rate, 'b', 50, 0)).toBe(30);
    expect(taken(rate, 'a', 50, 1_000)).toBe(10);
    expect(taken(rate, 'a', 500, 3_600_000)).toBe(30);
  });

  it('gives nothing for a clock that was put back', () => {
    const rate = new SenderRate({ perSecond: 10, burst: 1 });
    expect([rate.take('a', 10_000), rate.take('a', 0), rate.take('a', 50)]).toEqual([0, 100, 50]);
  });

  it('never takes more than burst and rate allow, and keeps its word about when there is a turn', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (gaps, perSecond, burst) => {
        const rate = new SenderRate({ perSecond, burst });
        let [nowMs, took] = [0, 0];
        for (const gap of gaps) {
          nowMs += gap;
          const waitMs = rate.take('a', nowMs);
          if (waitMs === 0) took++;
          else {
            nowMs += waitMs;
            expect(rate.take('a', nowMs)).toBeLessThanOrEqual(1);
            took++;
          }
        }
        expect(took).toBeLessThanOrEqual(burst + (nowMs * perSecond) / 1_000 + 1);
      }),
    );
  });

  it('owes what others have taken, but never for longer than burst and ten seconds more', () => {
    const rate = new SenderRate({ perSecond: 10, burst: 30 });
    rate.takenElsewhere({ sender: 'a', count: 40 }, 0);
    expect(rate.take('a', 0)).toBe(1_100);
    expect(taken(rate, 'b', 50, 0)).toBe(30);
    rate.takenElsewhere({ sender: 'a', count: 1_000_000 }, 0);
    expect(rate.take('a', 0)).toBe(13_100);
    expect(taken(rate, 'a', 50, 13_100)).toBe(1);
  });

  it('tells what it took once, when it is enough, and again when nobody heard', () => {
    const rate = new SenderRate({ perSecond: 50, burst: 100 });
    taken(rate, 'a', 4, 0);
    taken(rate, 'b', 150, 0);
    const told = rate.tell();
    expect(told).toEqual([{ sender: 'b', count: 100 }]);
    expect(rate.tell()).toEqual([]);
    rate.untell(told);
    taken(rate, 'a', 1, 0);
    expect(rate.tell()).toEqual([
      { sender: 'a', count: 5 },
      { sender: 'b', count: 100 },
    ]);
  });
});
