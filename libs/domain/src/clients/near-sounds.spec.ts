import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { soundKey } from './close-names.js';
import { nearSounds } from './near-sounds.js';

const finds = (typed: string, stored: string): boolean => {
  const [heard, wanted] = [soundKey(typed), soundKey(stored)];
  return heard !== null && wanted !== null && (heard === wanted || nearSounds(heard).includes(wanted));
};

describe('sounds that are one slip away', () => {
  it.each([
    ['кузмецова мария', 'кузнецова мария'],
    ['мария кузецова', 'кузнецова мария'],
    ['кузнецова мария анна', 'кузнецова мария'],
    ['узнецов петр', 'кузнецов петр'],
    ['лена смирнова', 'елена смирнова'],
    ['нпна петрова', 'нна петрова'],
    ['vektor plys', 'vector plus'],
    ['ромашка', 'роматка'],
  ])('of %j find %j', (typed, stored) => {
    expect(finds(typed, stored)).toBe(true);
  });

  it.each([
    ['кузнецова мария', 'кузнецова ольга'],
    ['смирнова анна', 'петрова анна'],
  ])('of %j do not find %j', (typed, stored) => {
    expect(finds(typed, stored)).toBe(false);
  });

  const letter = fc.constantFrom(...'абвгдежзийклмнопрстуфхцчшщъыьэюя');
  // No name begins with a sign.
  const word = fc
    .array(letter, { minLength: 3, maxLength: 10 })
    .map((letters) => letters.join(''))
    .filter((text) => !/^[ъь]/u.test(text));
  const slip = fc.record({ at: fc.nat(), kind: fc.constantFrom('wrong', 'missing', 'more', 'swapped'), letter });
  const slipped = (text: string, { at, kind, letter: other }: { at: number; kind: string; letter: string }): string => {
    const [letters, place] = [[...text], at % text.length];
    if (kind === 'more') return letters.toSpliced(place, 0, other).join('');
    if (kind === 'missing') return letters.toSpliced(place, 1).join('');
    if (kind === 'wrong') return letters.with(place, other).join('');
    const [one = '', two = ''] = letters.slice(place, place + 2);
    return letters.toSpliced(place, 2, two, one).join('');
  };

  it('find each name of two words in which one letter is wrong, missing, too much or swapped', () => {
    fc.assert(
      fc.property(word, word, slip, (one, other, how) => {
        const typed = `${slipped(one, how)} ${other}`;
        const areTwo = (text: string) => soundKey(text)?.split(' ').length === 2;
        fc.pre(areTwo(typed) && areTwo(`${one} ${other}`));
        expect(finds(typed, `${one} ${other}`)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are so many at most, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (typed) => {
        const heard = soundKey(typed);
        const near = heard === null ? [] : nearSounds(heard);
        expect(near.length).toBeLessThanOrEqual(1_500);
        expect(near).not.toContain(heard);
      }),
    );
  });
});
