import { describe, expect, it } from '@jest/globals';
import { FAILURE_PARAMS } from '#domain/deals/copy-failures.js';
import { BUILT_IN_PARTS } from '#domain/deals/planning/part.js';
import { REMARK_PARAMS } from '#domain/deals/remarks.js';
import { dealsEn } from './en.js';
import { dealsRu } from './ru.js';

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

const expected: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...Object.entries(REMARK_PARAMS),
  ...Object.entries(FAILURE_PARAMS),
  ...BUILT_IN_PARTS.map((part): [string, readonly string[]] => [`deals.part.${part}`, []]),
]);

describe.each([
  ['Russian', dealsRu],
  ['English', dealsEn],
])('the texts of copying in %s', (_, texts) => {
  it('cover every remark, failure and part, and nothing else', () => {
    expect(Object.keys(texts).sort()).toEqual([...expected.keys()].sort());
  });

  it.each([...expected])('show the parameters of %s', (key, params) => {
    const text = texts[key as keyof typeof texts];
    expect(text.trim()).not.toBe('');
    expect(placeholders(text)).toEqual([...params].sort());
  });
});

it('the languages are not the same text twice', () => {
  const same = Object.entries(dealsRu).filter(([key, text]) => dealsEn[key as keyof typeof dealsEn] === text);
  expect(same).toEqual([]);
});
