import type { NotificationTexts } from './keys.js';

/** What mails about notifications say in English. */
export const notificationsEn: NotificationTexts = {
  'notifications.mail.mentions.subject': '“{workspace}”: mentions ({count})',
  'notifications.mail.mentions.intro': 'Comments in the workspace “{workspace}” mention you:',
  'notifications.mail.mentions.item': '{author}, about the client “{client}”',
  'notifications.mail.mentions.more': 'And {count} more.',
  'notifications.mail.mentions.nobody': 'Somebody',
  'notifications.mail.mentions.action': 'Open the notifications',
  'notifications.mail.mentions.footer': 'Such mails can be turned off in the settings of notifications.',
};
