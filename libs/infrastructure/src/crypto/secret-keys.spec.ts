import { describe, expect, it } from '@jest/globals';
import { deriveKeys, parseSecretKeys } from './secret-keys.js';

const one = 'a'.repeat(32);
const two = 'b'.repeat(43);

describe('parseSecretKeys', () => {
  it('takes a single text as the key k1', () => {
    expect(parseSecretKeys(` ${one}\n`)).toEqual([{ id: 'k1', material: one }]);
  });

  it('takes a list in its order', () => {
    expect(parseSecretKeys(`k2:${two}, k1:${one}`)).toEqual([
      { id: 'k2', material: two },
      { id: 'k1', material: one },
    ]);
  });

  it.each([
    ['short', 'k1 is too short'],
    [`k2:${two},k1:short`, 'k1 is too short'],
    [`k1:${one},k1:${two}`, 'k1 is given twice'],
    [`k1:${one},${two}`, 'part 2'],
    [`k1:${one},`, 'part 2'],
    ['', 'too short'],
  ])('refuses a bad setting (%#) without repeating it', (setting, problem) => {
    expect(() => parseSecretKeys(setting)).toThrow(problem);
    expect(() => parseSecretKeys(setting)).not.toThrow('aaaa');
    expect(() => parseSecretKeys(setting)).not.toThrow('bbbb');
  });
});

describe('deriveKeys', () => {
  it('gives each purpose a key of its own, the same every time', () => {
    const bytes = (purpose: string) => deriveKeys(parseSecretKeys(one), purpose)[0].key.export().toString('hex');
    expect(bytes('a')).toHaveLength(64);
    expect(bytes('a')).toBe(bytes('a'));
    expect(bytes('a')).not.toBe(bytes('b'));
  });
});
