import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AesSecretBox } from './aes-secret-box.js';

const old = 'o'.repeat(40);
const fresh = 'f'.repeat(40);
const box = AesSecretBox.of(old);
// Half a surrogate pair is no Unicode text; the box keeps texts, so strings are drawn well-formed.
const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());

describe('AesSecretBox', () => {
  it('opens what it sealed', () => {
    fc.assert(fc.property(text, text, (plain, context) => box.open(box.seal(plain, context), context) === plain));
  });

  it('knows what was sealed under an older key', () => {
    const rotated = AesSecretBox.of(`k2:${fresh},k1:${old}`);
    const sealed = box.seal('secret', 'c');
    expect([box.isCurrent(sealed), rotated.isCurrent(sealed)]).toEqual([true, false]);
    expect(rotated.isCurrent(rotated.seal(rotated.open(sealed, 'c'), 'c'))).toBe(true);
  });

  it('opens nothing in another context', () => {
    fc.assert(
      fc.property(text, text, text, (plain, context, other) => {
        fc.pre(context !== other);
        expect(() => box.open(box.seal(plain, context), other)).toThrow('altered');
      }),
    );
  });

  it('opens nothing that was altered, at whatever place', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (plain, place, letter) => {
        const sealed = box.seal(plain, 'c');
        const at = place % sealed.length;
        fc.pre(sealed[at] !== letter);
        expect(() => box.open(sealed.slice(0, at) + letter + sealed.slice(at + 1), 'c')).toThrow();
      }),
    );
  });

  it('opens nothing that was cut short', () => {
    const sealed = box.seal('secret', 'c');
    for (let length = 0; length < sealed.length; length++)
      expect(() => box.open(sealed.slice(0, length), 'c')).toThrow();
  });

  it('seals the same text differently each time', () => {
    expect(box.seal('same', 'c')).not.toBe(box.seal('same', 'c'));
  });

  it('reads under all keys and writes under the first', () => {
    const rotated = AesSecretBox.of(`k2:${fresh},k1:${old}`);
    expect(rotated.open(box.seal('kept', 'c'), 'c')).toBe('kept');
    expect(rotated.seal('new', 'c')).toMatch(/^v1\.k2\./);
    expect(() => box.open(rotated.seal('new', 'c'), 'c')).toThrow('needs the key k2');
  });
});
