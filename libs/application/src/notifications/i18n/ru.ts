import type { NotificationTexts } from './keys.js';

/** What mails about notifications say in Russian. */
export const notificationsRu: NotificationTexts = {
  'notifications.mail.mentions.subject': '«{workspace}»: упоминания ({count})',
  'notifications.mail.mentions.intro': 'Вас упомянули в комментариях, рабочее пространство «{workspace}»:',
  'notifications.mail.mentions.item': '{author} — клиент «{client}»',
  'notifications.mail.mentions.more': 'И ещё: {count}.',
  'notifications.mail.mentions.nobody': 'Автор неизвестен',
  'notifications.mail.mentions.action': 'Открыть уведомления',
  'notifications.mail.mentions.footer': 'Такие письма можно отключить в настройках уведомлений.',
};
