import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formFaultOf,
  layoutsOf,
  MAX_PASSWORD,
  normalisePassword,
  personalWords,
  transliterated,
} from './password-rules.js';

describe('formFaultOf', () => {
  it.each<[string, string, string | null]>([
    ['nothing', '', 'too_short'],
    ['seven letters', 'abcdefg', 'too_short'],
    ['eight letters', 'abcdefgh', null],
    // й of two code points and of one are the same key.
    ['seven letters of two code points each', '\u0438\u0306'.repeat(7), 'too_short'],
    ['eight emoji', '🐱🐶🦊🐻🐼🐨🐯🦁', null],
    ['the longest', 'x'.repeat(MAX_PASSWORD), null],
    ['one more', 'x'.repeat(MAX_PASSWORD + 1), 'too_long'],
    ['one that grows when it is normalised', '\uFDFA'.repeat(200), 'too_long'],
    ['half of an emoji', 'abcdefgh\uD83D', 'malformed'],
    ['what was no UTF-8', 'abcdefgh\uFFFD', 'malformed'],
    ['NUL', 'abcdefgh\0', 'malformed'],
  ])('judges %s', (_, password, fault) => {
    expect(formFaultOf(password)).toBe(fault);
  });

  it('judges all spellings of a password alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (password) => {
        expect(formFaultOf(password)).toBe(formFaultOf(normalisePassword(password)));
      }),
    );
  });
});

describe('layoutsOf', () => {
  it('gives what the same keys write in the other layout', () => {
    expect(layoutsOf('Пароль')).toContain('Gfhjkm');
    expect(layoutsOf('gfhjkm')).toContain('пароль');
    expect(layoutsOf('12345678')).toEqual(['12345678']);
  });
});

describe('personalWords', () => {
  it('takes names and addresses apart, in both alphabets', () => {
    const words = personalWords({ email: 'a.petrova@romashka.ru', name: 'Анна Петрова', companies: ['ООО «Ромашка»'] });
    expect(words).toEqual(expect.arrayContaining(['анна', 'anna', 'petrova', 'ромашка', 'romashka', 'sdelka']));
    expect(words).not.toContain('ru');
  });

  it('spells Russian with Latin letters and leaves the rest alone', () => {
    expect([transliterated('щука'), transliterated('anna 1')]).toEqual(['schuka', 'anna 1']);
  });
});
