import { translate } from '../../../shared/i18n/translate.js';
import { mailsEn } from './en.js';
import type { MailTextKey, MailTextParams } from './keys.js';
import { mailsRu } from './ru.js';

/** A sentence of a mail about people and access in the reader's language. */
export const mailText = <K extends MailTextKey>(key: K, language: 'ru' | 'en', params: MailTextParams<K>): string =>
  translate((language === 'en' ? mailsEn : mailsRu)[key], params);
