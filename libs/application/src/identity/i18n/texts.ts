import { MAX_PASSWORD, MIN_PASSWORD, type PasswordFault } from '#domain/identity/password-rules.js';
import { translate } from '../../shared/i18n/translate.js';
import { identityEn } from './en.js';
import type { IdentityTexts } from './keys.js';
import { identityRu } from './ru.js';

const catalogue = (language: 'ru' | 'en'): IdentityTexts => (language === 'en' ? identityEn : identityRu);

/** Why a password was refused, in the reader's language. */
export const passwordFaultText = (fault: PasswordFault, language: 'ru' | 'en'): string =>
  translate(catalogue(language)[`identity.password.${fault}`], { min: MIN_PASSWORD, max: MAX_PASSWORD });
