import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDay, isTimeZone, unixSecondsOf, wallTime } from './zoned-time.js';

const seconds = (iso: string): number => Date.parse(iso) / 1000;

describe('wallTime', () => {
  it('reads the clock of a zone', () => {
    expect(wallTime(new Date('2026-11-20T21:05:07Z'), 'Europe/Moscow')).toEqual({
      year: 2026,
      month: 11,
      day: 21,
      hour: 0,
      minute: 5,
      second: 7,
      weekday: 5,
    });
  });

  it('takes UTC for a zone that it does not know', () => {
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(wallTime(new Date('2026-11-20T21:05:07Z'), 'Mars/Olympus').hour).toBe(21);
  });
});

describe('unixSecondsOf', () => {
  it.each([
    ['2026-11-20', seconds('2026-11-19T21:00:00Z')],
    ['20.11.2026', seconds('2026-11-19T21:00:00Z')],
    ['20.11.2026 10:30', seconds('2026-11-20T07:30:00Z')],
    ['2026-11-20T10:30', seconds('2026-11-20T07:30:00Z')],
    ['2026-11-20 10:30:15', seconds('2026-11-20T07:30:15Z')],
    ['2026-11-20T10:30:15Z', seconds('2026-11-20T10:30:15Z')],
    ['2026-11-20T10:30:15.999+05:00', seconds('2026-11-20T05:30:15Z')],
    ['2024-02-29', seconds('2024-02-28T21:00:00Z')],
  ])('%s', (text, expected) => {
    expect(unixSecondsOf(text, 'Europe/Moscow')).toBe(expected);
  });

  it.each([
    '2026-02-30',
    '31.11.2026',
    '2026-13-01',
    '2026-02-30T00:00:00Z',
    '2026-11-20T25:00',
    '2026',
    'завтра',
    '',
    '1e9',
    '0001-01-01',
  ])('refuses %j', (text) => {
    expect(unixSecondsOf(text, 'Europe/Moscow')).toBeUndefined();
  });

  it('finds the midnight of every day in zones that change their clocks', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Pacific/Auckland',
      'Europe/Moscow',
    );
    const day = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(zone, day, (timeZone, index) => {
        const text = new Date(index * 86_400_000).toISOString().slice(0, 10);
        const wall = wallTime(new Date((unixSecondsOf(text, timeZone) ?? Number.NaN) * 1000), timeZone);
        expect(`${formatDay(wall)} ${wall.hour}`).toBe(`${text.split('-').toReversed().join('.')} 0`);
      }),
      { numRuns: 300 },
    );
  });
});
