import { describe, expect, it } from '@jest/globals';
import { clientsEn } from './en.js';
import { SYSTEM_CODES } from './keys.js';
import { clientsRu } from './ru.js';
import { systemText } from './texts.js';

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe('what the product tells of in a history', () => {
  it.each(SYSTEM_CODES)('%s: in two languages, with the same parameters', (code) => {
    const [ru, en] = [clientsRu[`clients.system.${code}`], clientsEn[`clients.system.${code}`]];
    expect(ru).not.toBe(en);
    expect(placeholders(ru)).toEqual(placeholders(en));
  });

  it('is a sentence in the reader’s language, or at least its code', () => {
    expect(systemText('deal_copied', { sourceId: 1, dealId: 2 }, 'ru')).toBe('Сделка 1 скопирована: новая сделка 2.');
    expect(systemText('deal_moved', { dealId: 2 }, 'en')).toBe('Deal 2 was moved.');
    expect(systemText('of_a_later_version', {}, 'ru')).toBe('of_a_later_version');
  });
});
