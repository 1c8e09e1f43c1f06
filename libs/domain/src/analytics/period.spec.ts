import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { AppError } from '../shared/app-error.js';
import { momentOfId } from './fact.js';
import { daysOf, MAX_DAYS, periodOf } from './period.js';

const codeOf = (from: string, to: string): unknown => {
  try {
    return periodOf(from, to) && 'none';
  } catch (error) {
    return error instanceof AppError ? error.issues[0]?.code : error;
  }
};

describe('a period', () => {
  it.each([
    ['2026-02-28', '2026-03-01', 'none'],
    ['2024-01-01', '2024-12-31', 'none'],
    ['2024-01-01', '2025-01-01', 'too_long'],
    ['2026-02-30', '2026-03-01', 'no_such_day'],
    ['2026-13-01', '2026-13-02', 'no_such_day'],
    ['0000-01-01', '0000-01-02', 'no_such_day'],
    ['2026-03-02', '2026-03-01', 'before_from'],
  ])('from %s to %s: %s', (from, to, code) => {
    expect(codeOf(from, to)).toBe(code);
  });

  it('has all its days, each once, in order', () => {
    const start = fc.integer({ min: 0, max: 30_000 });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: MAX_DAYS }), (first, length) => {
        const day = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
        const days = daysOf(periodOf(day(first), day(first + length - 1)));
        expect(days).toEqual(Array.from({ length }, (_, n) => day(first + n)));
      }),
    );
  });
});

it('momentOfId reads when a UUID v7 was made', () => {
  const msecs = Date.UTC(2026, 10, 21, 9);
  expect(momentOfId(v7({ msecs }))).toEqual(new Date(msecs));
});
