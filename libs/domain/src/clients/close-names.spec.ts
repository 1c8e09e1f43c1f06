import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeNameGroups, soundKey } from './close-names.js';

const finds = (typed: string, stored: string) =>
  closeNameGroups(typed).some((group) => group.every((fragment) => stored.includes(fragment)));

describe('the sound of a name', () => {
  it.each([
    ['кузнецова мария', 'мария кузнецова'],
    ['кузнецова мария', 'кузнецова марья федоровна'],
    ['кузнецова мария', 'куснецова мария'],
    ['кузнецов александр', 'кузнецова александра'],
    ['елкин петр', 'елкин петр артемович'],
    ['ооо ромашка', 'ао «ромашка-12»'],
    ['анна', 'анна'],
  ])('of %j is that of %j', (one, other) => {
    expect(soundKey(one)).toBe(soundKey(other));
  });

  it('tells people apart, and is nothing where nothing is said', () => {
    expect(soundKey('кузнецова мария')).not.toBe(soundKey('кузнецова ольга'));
    expect(soundKey('сидоров')).not.toBe(soundKey('сидоров петр'));
    expect(['', 'ооо', '«»', '🙂'].map(soundKey)).toEqual([null, null, null, null]);
  });
});

describe('fragments of close names', () => {
  it.each([
    ['кузнецова мария', 'кузнецова мария федоровна'],
    ['мария кузнецова', 'кузнецова мария'],
    ['кузнецова марья', 'кузнецова мария'],
    ['кузницова мария', 'кузнецова мария'],
    ['кузнецова мария федоровна', 'кузнецова мария'],
    ['ооо ромашка', 'ао «ромашка»'],
    ['зайцева ия', 'зайцев ия'],
    ['ромашки', 'ооо «ромашка»'],
  ])('of %j find %j', (typed, stored) => {
    expect(finds(typed, stored)).toBe(true);
  });

  it.each([
    ['кузнецова мария', 'кузнецова ольга'],
    ['кузнецова мария', 'иванова мария'],
    ['ооо ип', 'ооо «ромашка»'],
  ])('of %j do not find %j', (typed, stored) => {
    expect(finds(typed, stored)).toBe(false);
  });

  const word = fc.stringMatching(/^[а-е]{8}$/);
  it('find a name of two long words in one of which one letter is wrong', () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[ж-л]{6,7}$/), fc.nat(7), (one, other, at) => {
        expect(finds(`${one.slice(0, at)}я${one.slice(at + 1)} ${other}`, `${one} ${other}`)).toBe(true);
      }),
    );
  });
});
