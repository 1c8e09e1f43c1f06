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
  'identity.role.admin': 'administrator',
  'identity.role.manager': 'manager',
  'identity.role.operator': 'operator',
  'identity.role.viewer': 'viewer',
};
