import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, excerpt, lengthOf, oneLine } from './text.js';

const FACE = '\u{1F600}';

describe('cutText', () => {
  it('cuts on code points', () => {
    expect(cutText(`a${FACE}b`, 2)).toBe(`a${FACE}`);
    expect(cutText('abc', 0)).toBe('');
    expect(cutText('abc', -5)).toBe('');
    expect(cutText(FACE.repeat(3), 3)).toBe(FACE.repeat(3));
  });

  it('gives the beginning, as long as allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(50), (text, max) => {
        const cut = cutText(text, max);
        expect(text.startsWith(cut)).toBe(true);
        expect(lengthOf(cut)).toBe(Math.min(max, lengthOf(text)));
      }),
    );
  });
});

it('oneLine replaces line breaks and other control characters', () => {
  expect(oneLine('a\r\nb\tc\u0000d')).toBe('a b c d');
});

it('excerpt shortens with an ellipsis', () => {
  expect(excerpt(' short ')).toBe('short');
  expect(excerpt('abcdef', 4)).toBe('abc…');
  expect(excerpt('abcd', 4)).toBe('abcd');
});
