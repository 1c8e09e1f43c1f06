import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAIL_TRIES, nextTryAt } from './mail-tries.js';
import { maskedAddress } from './masked-address.js';

describe('maskedAddress', () => {
  it.each([
    ['ivan@example.org', 'i***@example.org'],
    ['я@пример.рф', 'я***@пример.рф'],
    ['"a@b"@example.org', '"***@example.org'],
    ['no address', 'n***'],
    ['@example.org', '@***'],
    ['', '***'],
  ])('shows %j as %j', (address, shown) => {
    expect(maskedAddress(address)).toBe(shown);
  });

  it('never shows more of the name than its first character', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{2,20}$/), (name) => {
        expect(maskedAddress(`${name}@example.org`)).toBe(`${name[0]}***@example.org`);
      }),
    );
  });
});

describe('nextTryAt', () => {
  const at = new Date('2026-11-21T09:00:00Z');

  it('is later each time, and never after the last try', () => {
    const pauses = Array.from({ length: MAIL_TRIES }, (_, n) => nextTryAt(n + 1, at)?.getTime());
    expect(pauses.pop()).toBeUndefined();
    expect(pauses.map((next) => (next ?? 0) - at.getTime())).toEqual(pauses.map((_, n) => 10_000 * 2 ** n));
  });
});
