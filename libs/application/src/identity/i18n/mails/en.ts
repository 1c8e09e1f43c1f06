import type { MailTexts } from './keys.js';

/** What mails about people and access say in English. */
export const mailsEn: MailTexts = {
  'identity.mail.invitation.subject': 'Invitation to “{workspace}”',
  'identity.mail.invitation.who': '{inviter} invites you to the workspace “{workspace}” in Sdelka. Role: {role}.',
  'identity.mail.invitation.how': 'The link works once, and for {hours} hours after it was sent.',
  'identity.mail.invitation.action': 'Accept the invitation',
  'identity.mail.invitation.footer':
    'If you did not expect this invitation, do nothing: no account is made without your consent.',
  'identity.role.admin': 'administrator',
  'identity.role.manager': 'manager',
  'identity.role.operator': 'operator',
  'identity.role.viewer': 'viewer',
};
