import { translate } from '../../shared/i18n/translate.js';
import { identityEn } from './en.js';
import type { IdentityTextKey, IdentityTextParams } from './keys.js';
import { identityRu } from './ru.js';

/** A sentence of people and access in the reader's language. */
export const identityText = <K extends IdentityTextKey>(
  key: K,
  language: 'ru' | 'en',
  params: IdentityTextParams<K>,
): string => translate((language === 'en' ? identityEn : identityRu)[key], params);
