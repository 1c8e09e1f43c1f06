import { translate } from '#application/shared/i18n/translate.js';
import { clientsEn } from './en.js';
import type { SystemCode } from './keys.js';
import { clientsRu } from './ru.js';

/** What the product did, in the reader's language; a code that has no sentence any more shows as itself. */
export const systemText = (
  code: string,
  params: Readonly<Record<string, string | number>>,
  language: 'ru' | 'en',
): string => {
  const texts = language === 'en' ? clientsEn : clientsRu;
  return translate(texts[`clients.system.${code as SystemCode}`] ?? code, params);
};
