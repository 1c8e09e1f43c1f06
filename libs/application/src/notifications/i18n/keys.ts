/** Everything that mails about notifications say, with the parameters of each sentence. */
export const NOTIFICATION_TEXTS = {
  'notifications.mail.mentions.subject': ['workspace', 'count'],
  'notifications.mail.mentions.intro': ['workspace'],
  'notifications.mail.mentions.item': ['author', 'client'],
  'notifications.mail.mentions.more': ['count'],
  'notifications.mail.mentions.nobody': [],
  'notifications.mail.mentions.action': [],
  'notifications.mail.mentions.footer': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type NotificationTextKey = keyof typeof NOTIFICATION_TEXTS;

/** Sentences by key; `{name}` stands for a parameter. */
export type NotificationTexts = Readonly<Record<NotificationTextKey, string>>;

/** What `key` has to be told. */
export type NotificationTextParams<K extends NotificationTextKey> = Readonly<
  Record<(typeof NOTIFICATION_TEXTS)[K][number], string | number>
>;
