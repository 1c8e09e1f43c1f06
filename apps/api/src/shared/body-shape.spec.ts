import { describe, expect, it } from '@jest/globals';
import { assertSaneShape } from './body-shape.js';

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};
const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));

describe('assertSaneShape', () => {
  it.each([
    ['nothing', undefined],
    ['a text', 'x'],
    ['null', null],
    [
      'a usual body',
      { sourceIds: Array.from({ length: 10_000 }, (_, id) => id), options: { fields: { rules: [{}] } } },
    ],
    ['the deepest allowed', nested(32)],
    ['the widest allowed', keys(500)],
  ])('lets %s pass', (_, body) => {
    expect(() => assertSaneShape(body)).not.toThrow();
  });

  it.each([
    ['33 levels', nested(33), 'too_deep'],
    ['200 000 levels', nested(200_000), 'too_deep'],
    ['501 keys', keys(501), 'too_many_keys'],
    ['many keys deep inside', { a: [{ b: keys(100_000) }] }, 'too_many_keys'],
  ])('refuses %s', (_, body, code) => {
    expect(() => assertSaneShape(body)).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ code })] }),
    );
  });
});
