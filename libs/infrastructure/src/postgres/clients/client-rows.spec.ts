import { describe, expect, it } from '@jest/globals';
import { isoOf } from './client-rows.js';

describe('isoOf', () => {
  it.each([
    ['2026-11-21 09:00:00+00', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21 09:00:00.5+00', '2026-11-21T09:00:00.500Z'],
    ['2026-11-21 09:00:00.05+00', '2026-11-21T09:00:00.050Z'],
    ['2026-11-21 09:00:00.523+00', '2026-11-21T09:00:00.523Z'],
  ])('%s', (text, iso) => {
    expect(isoOf(text)).toBe(iso);
  });
});
