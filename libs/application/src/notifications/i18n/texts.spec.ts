import { describe, expect, it } from '@jest/globals';
import { notificationsEn } from './en.js';
import { NOTIFICATION_TEXTS } from './keys.js';
import { notificationsRu } from './ru.js';

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe.each([
  ['Russian', notificationsRu],
  ['English', notificationsEn],
])('the mails about notifications in %s', (_, texts) => {
  it.each(Object.entries(NOTIFICATION_TEXTS))('show the parameters of %s', (key, params) => {
    const text = texts[key as keyof typeof texts];
    expect(text.trim()).not.toBe('');
    expect(placeholders(text)).toEqual([...params].sort());
  });
});
