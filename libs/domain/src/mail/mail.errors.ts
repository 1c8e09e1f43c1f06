import { defineErrors } from '../shared/app-error.js';

/** Errors of outgoing mail. Most end up at the mail, where an administrator sees them. */
export const mailErrors = defineErrors({
  'mail.unavailable': ['upstream_down', 'The mail server does not take the mail now'],
  'mail.refused': ['invalid', 'The mail server refuses the mail for good'],
  'mail.not_configured': ['invalid', 'No mail server is set for this installation'],
  'mail.expired': ['invalid', 'What the mail says is no longer true'],
  'mail.unknown': ['not_found', 'There is no such mail'],
  'mail.not_retryable': ['conflict', 'The mail was sent or cancelled: its contents are forgotten'],
  'mail.not_cancellable': ['conflict', 'The mail was sent: it cannot be called back'],
});
