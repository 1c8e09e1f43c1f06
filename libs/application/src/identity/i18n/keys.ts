/** Everything that people and access say to people, with the parameters of each sentence. */
export const IDENTITY_TEXTS = {
  'identity.mail.invitation.subject': ['workspace'],
  'identity.mail.invitation.who': ['inviter', 'workspace', 'role'],
  'identity.mail.invitation.how': ['hours'],
  'identity.mail.invitation.action': [],
  'identity.mail.invitation.footer': [],
  'identity.role.admin': [],
  'identity.role.manager': [],
  'identity.role.operator': [],
  'identity.role.viewer': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type IdentityTextKey = keyof typeof IDENTITY_TEXTS;

/** Sentences by key; `{name}` stands for a parameter. */
export type IdentityTexts = Readonly<Record<IdentityTextKey, string>>;

/** What `key` has to be told. */
export type IdentityTextParams<K extends IdentityTextKey> = Readonly<
  Record<(typeof IDENTITY_TEXTS)[K][number], string | number>
>;
