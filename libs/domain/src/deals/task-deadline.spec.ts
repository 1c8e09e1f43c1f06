import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NOW } from './spec-samples.js';
import { copiedDeadline } from './task-deadline.js';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;
const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const afterMs = (createdMs: number, deadlineMs: number): number =>
  copiedDeadline({ createdAt: at(createdMs), deadline: at(deadlineMs) }, NOW).getTime() - NOW.getTime();

describe('copiedDeadline', () => {
  it.each([
    ['three days given, long overdue', -100 * 24 * 60 * MINUTE, -97 * 24 * 60 * MINUTE, 3 * 24 * 60 * MINUTE],
    ['an hour given, half gone', -30 * MINUTE, 30 * MINUTE, 60 * MINUTE],
    ['a minute given', -MINUTE, 0, 15 * MINUTE],
    ['set in the past', 0, -5 * MINUTE, 15 * MINUTE],
    ['exactly the least', 0, 15 * MINUTE, 15 * MINUTE],
    ['a century given', 0, 100 * YEAR, 10 * YEAR],
  ])('%s', (_, created, deadline, expected) => {
    expect(afterMs(created, deadline)).toBe(expected);
  });

  it('takes invalid dates for no time at all', () => {
    const nowhere = new Date(Number.NaN);
    expect(copiedDeadline({ createdAt: nowhere, deadline: NOW }, NOW)).toEqual(at(15 * MINUTE));
    expect(copiedDeadline({ createdAt: NOW, deadline: nowhere }, NOW)).toEqual(at(15 * MINUTE));
  });

  it('is a whole second, never sooner than 15 minutes and never later than ten years, and keeps the order of tasks', () => {
    const ms = fc.integer({ min: -20 * YEAR, max: 20 * YEAR });
    fc.assert(
      fc.property(ms, ms, ms, fc.integer({ min: 0, max: 999 }), (created, one, two, fraction) => {
        const now = at(fraction);
        const of = (deadline: number): number =>
          copiedDeadline({ createdAt: at(created), deadline: at(deadline) }, now).getTime();
        const [early, late] = [Math.min(one, two), Math.max(one, two)];
        expect(of(early)).toBeLessThanOrEqual(of(late));
        expect(of(one) % 1000).toBe(0);
        expect(of(one)).toBeGreaterThanOrEqual(now.getTime() + 15 * MINUTE);
        expect(of(one)).toBeLessThan(now.getTime() + 10 * YEAR + 1000);
      }),
    );
  });

  it('copied again at once, a task has the same time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * YEAR }), (given) => {
        const first = copiedDeadline({ createdAt: NOW, deadline: at(given) }, NOW);
        const again = copiedDeadline({ createdAt: NOW, deadline: first }, NOW);
        expect(Math.abs(again.getTime() - first.getTime())).toBeLessThanOrEqual(1000);
      }),
    );
  });
});
