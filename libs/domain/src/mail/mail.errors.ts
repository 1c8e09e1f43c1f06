import { defineErrors } from '../shared/app-error.js';

/** Errors of outgoing mail. They end up at the mail, where an administrator sees them. */
export const mailErrors = defineErrors({
  'mail.unavailable': ['upstream_down', 'The mail server does not take the mail now'],
  'mail.refused': ['invalid', 'The mail server refuses the mail for good'],
  'mail.not_configured': ['invalid', 'No mail server is set for this installation'],
  'mail.expired': ['invalid', 'What the mail says is no longer true'],
});
