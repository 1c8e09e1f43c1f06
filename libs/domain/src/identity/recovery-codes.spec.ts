import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { recoveryCodeKey, recoveryCodeOf } from './recovery-codes.js';

const hex = fc.stringMatching(/^[\da-f]{20}$/);

describe('recovery codes', () => {
  it('are 80 bits, no two of them alike', () => {
    fc.assert(
      fc.property(hex, hex, (one, other) => {
        expect(recoveryCodeOf(one)).toMatch(/^([\da-hjkmnp-tv-z]{4}-){3}[\da-hjkmnp-tv-z]{4}$/);
        expect(recoveryCodeOf(one) === recoveryCodeOf(other)).toBe(one === other);
      }),
    );
    expect(() => recoveryCodeOf('abc')).toThrow('80 random bits');
  });

  it('are known again however they are typed, of one person only', () => {
    fc.assert(
      fc.property(hex, (random) => {
        const code = recoveryCodeOf(random);
        const key = recoveryCodeKey('anna', code);
        for (const typed of [code.toUpperCase(), code.replace(/-/g, ' '), ` ${code.replace(/-/g, '')}\n`])
          expect(recoveryCodeKey('anna', typed)).toBe(key);
        expect(recoveryCodeKey('boris', code)).not.toBe(key);
      }),
    );
    expect(recoveryCodeKey('a', 'O1lI')).toBe(recoveryCodeKey('a', '0111'));
  });
});
