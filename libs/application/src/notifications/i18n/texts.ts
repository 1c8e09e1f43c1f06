import { translate } from '#application/shared/i18n/translate.js';
import { notificationsEn } from './en.js';
import type { NotificationTextKey, NotificationTextParams } from './keys.js';
import { notificationsRu } from './ru.js';

/** A sentence of a mail about notifications in the reader's language. */
export const notificationText = <K extends NotificationTextKey>(
  key: K,
  language: 'ru' | 'en',
  params: NotificationTextParams<K>,
): string => translate((language === 'en' ? notificationsEn : notificationsRu)[key], params);
