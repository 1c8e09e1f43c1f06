import type { PasswordFault } from '#domain/identity/password-rules.js';

/** What signing in says to people. */
export type IdentityTextKey = `identity.password.${PasswordFault}`;

/** Sentences by key; `{name}` stands for a parameter. */
export type IdentityTexts = Readonly<Record<IdentityTextKey, string>>;
