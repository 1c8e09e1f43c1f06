/** Everything that mails about people and access say, with the parameters of each sentence. */
export const MAIL_TEXTS = {
  'identity.mail.invitation.subject': ['workspace'],
  'identity.mail.invitation.who': ['inviter', 'workspace', 'role'],
  'identity.mail.invitation.how': ['hours'],
  'identity.mail.invitation.action': [],
  'identity.mail.invitation.footer': [],
  'identity.mail.password_reset.subject': [],
  'identity.mail.password_reset.why': [],
  'identity.mail.password_reset.how': ['hours'],
  'identity.mail.password_reset.action': [],
  'identity.mail.password_reset.footer': [],
  'identity.mail.security.subject': [],
  'identity.mail.security.password_changed': [],
  'identity.mail.security.password_reset': [],
  'identity.mail.security.factor_set_up': [],
  'identity.mail.security.factor_removed': [],
  'identity.mail.security.factor_reset': [],
  'identity.mail.security.codes_renewed': [],
  'identity.mail.security.where': ['when', 'ip'],
  'identity.mail.security.footer': [],
  'identity.role.admin': [],
  'identity.role.manager': [],
  'identity.role.operator': [],
  'identity.role.viewer': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MailTextKey = keyof typeof MAIL_TEXTS;

/** Sentences by key; `{name}` stands for a parameter. */
export type MailTexts = Readonly<Record<MailTextKey, string>>;

/** What `key` has to be told. */
export type MailTextParams<K extends MailTextKey> = Readonly<Record<(typeof MAIL_TEXTS)[K][number], string | number>>;
