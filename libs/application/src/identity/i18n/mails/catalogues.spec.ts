import { describe, expect, it } from '@jest/globals';
import { mailsEn } from './en.js';
import { MAIL_TEXTS } from './keys.js';
import { mailsRu } from './ru.js';

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe.each([
  ['Russian', mailsRu],
  ['English', mailsEn],
])('the mails about people and access in %s', (_, texts) => {
  it.each(Object.entries(MAIL_TEXTS))('show the parameters of %s', (key, params) => {
    const text = texts[key as keyof typeof texts];
    expect(text.trim()).not.toBe('');
    expect(placeholders(text)).toEqual([...params].sort());
  });
});

it('the languages are not the same text twice', () => {
  const same = Object.entries(mailsRu).filter(([key, text]) => mailsEn[key as keyof typeof mailsEn] === text);
  expect(same).toEqual([]);
});
