// What other contexts and the edges may use of the mail context.
export { composeMail, type MailContent, type MailText } from './compose-mail.js';
export { BuryMailCommand } from './commands/bury-mail/bury-mail.command.js';
export { DeliverMailCommand } from './commands/deliver-mail/deliver-mail.command.js';
export { deliverMailJob } from './jobs/deliver-mail.job.js';
export { MAILER, type Mailer, type NewMail } from './ports/mailer.js';
export { mailErrors } from '#domain/mail/mail.errors.js';
