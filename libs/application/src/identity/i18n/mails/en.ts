import type { MailTexts } from './keys.js';

/** What mails about people and access say in English. */
export const mailsEn: MailTexts = {
  'identity.mail.invitation.subject': 'Invitation to “{workspace}”',
  'identity.mail.invitation.who': '{inviter} invites you to the workspace “{workspace}” in Sdelka. Role: {role}.',
  'identity.mail.invitation.how': 'The link works once, and for {hours} hours after it was sent.',
  'identity.mail.invitation.action': 'Accept the invitation',
  'identity.mail.invitation.footer':
    'If you did not expect this invitation, do nothing: no account is made without your consent.',
  'identity.mail.password_reset.subject': 'A new password for Sdelka',
  'identity.mail.password_reset.why': 'Somebody, perhaps you, asked for a new password for this address.',
  'identity.mail.password_reset.how':
    'The link works once, and for {hours} h after it was asked for. Only the newest link works.',
  'identity.mail.password_reset.action': 'Set a new password',
  'identity.mail.password_reset.footer':
    'If it was not you, do nothing: the old password works until a new one is set by the link.',
  'identity.mail.security.subject': 'How you sign in to Sdelka has changed',
  'identity.mail.security.password_changed': 'The password of your account was changed. All other sessions were ended.',
  'identity.mail.security.password_reset': 'A new password was set by a mailed link. All sessions were ended.',
  'identity.mail.security.factor_set_up': 'A second factor was set up: signing in now asks for a code of the app.',
  'identity.mail.security.factor_removed': 'The second factor was removed: the password is enough to sign in.',
  'identity.mail.security.factor_reset':
    'An administrator took your second factor away: the password is enough to sign in. Your sessions were ended.',
  'identity.mail.security.codes_renewed':
    'New recovery codes of the second factor were made; the old ones do not work any more.',
  'identity.mail.security.where': 'When: {when}. From: {ip}.',
  'identity.mail.security.footer': 'If it was not you, ask for a new password and tell your administrator.',
  'identity.role.admin': 'administrator',
  'identity.role.manager': 'manager',
  'identity.role.operator': 'operator',
  'identity.role.viewer': 'viewer',
};
