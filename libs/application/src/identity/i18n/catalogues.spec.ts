import { describe, expect, it } from '@jest/globals';
import { identityEn } from './en.js';
import { IDENTITY_TEXTS } from './keys.js';
import { identityRu } from './ru.js';

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe.each([
  ['Russian', identityRu],
  ['English', identityEn],
])('the texts of people and access in %s', (_, texts) => {
  it.each(Object.entries(IDENTITY_TEXTS))('show the parameters of %s', (key, params) => {
    const text = texts[key as keyof typeof texts];
    expect(text.trim()).not.toBe('');
    expect(placeholders(text)).toEqual([...params].sort());
  });
});

it('the languages are not the same text twice', () => {
  const same = Object.entries(identityRu).filter(([key, text]) => identityEn[key as keyof typeof identityEn] === text);
  expect(same).toEqual([]);
});
