import { describe, expect, it } from '@jest/globals';
import { onlyWord, soundKey } from './close-names.js';

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

describe('the only word of a name', () => {
  it.each([
    ['кузнецова', 'кузнецо'],
    ['ооо «ромашка»', 'ромаш'],
    ['иван', 'иван'],
    ['кузнецова мария', null],
    ['ооо ип', null],
  ])('of %j is %j', (name, word) => {
    expect(onlyWord(name)).toBe(word);
  });
});
