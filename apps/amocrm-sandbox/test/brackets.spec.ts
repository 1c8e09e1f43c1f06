import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatBrackets, leaves, parseBrackets } from '../src/http/brackets.js';

describe('PHP brackets', () => {
  const key = fc.stringMatching(/^[a-zA-Z_][\wа-я]{0,8}$/);
  const tree = fc.letrec<{ node: unknown; map: Record<string, unknown> }>((tie) => ({
    node: fc.oneof({ maxDepth: 6 }, fc.string({ unit: 'grapheme' }), tie('map')),
    map: fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 5 }),
  })).map;

  it('read back what was written, at any depth', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.parse(JSON.stringify(parseBrackets(formatBrackets(value))))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('take lists, indexes, escapes and bare names as PHP does', () => {
    const query = parseBrackets('filter[id][]=1&filter%5Bid%5D%5B%5D=2&a=b+c&x[0][y]=%D1%8F&flag');
    expect(leaves((query['filter'] as Record<string, never>)['id'])).toEqual(['1', '2']);
    expect({ ...query }).toMatchObject({ a: 'b c', x: { 0: { y: 'я' } }, flag: '' });
    expect(formatBrackets({ a: [1, { b: true }], none: null, off: false })).toBe('a%5B0%5D=1&a%5B1%5D%5Bb%5D=1&off=0');
  });

  it('never reach a prototype', () => {
    const parsed = parseBrackets('__proto__[polluted]=1&constructor[prototype][polluted]=1');
    expect(Object.getPrototypeOf(parsed)).toBeNull();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
