// What other contexts and the edges may use of the mail context.
export { composeMail, type MailContent, type MailText } from './compose-mail.js';
export { BuryMailCommand } from './commands/bury-mail/bury-mail.command.js';
export { DeliverMailCommand } from './commands/deliver-mail/deliver-mail.command.js';
export { deliverMailJob } from './jobs/deliver-mail.job.js';
export { MAILER, type Mailer, type NewMail } from './ports/mailer.js';
export { mailErrors } from '#domain/mail/mail.errors.js';
export { CancelMailCommand } from './commands/cancel-mail/cancel-mail.command.js';
export { ForgetOldMailsCommand } from './commands/forget-old-mails/forget-old-mails.command.js';
export { RequeueMailCommand } from './commands/requeue-mail/requeue-mail.command.js';
export { RetryMailCommand } from './commands/retry-mail/retry-mail.command.js';
export { MAIL_CARE, type MailCare } from './ports/mail-care.js';
export { MAIL_STATES, type MailState } from './ports/outgoing-mails.js';
export { FindMailStatesQuery } from './queries/find-mail-states/find-mail-states.query.js';
export type { MailStateView } from './queries/find-mail-states/mail-state.view.js';
export { GetMailQuery } from './queries/get-mail/get-mail.query.js';
export { ListMailsQuery } from './queries/list-mails/list-mails.query.js';
export type { MailFilter, MailView } from './queries/list-mails/mail.view.js';
