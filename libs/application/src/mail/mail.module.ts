import { Global, Module } from '@nestjs/common';
import { BuryMailHandler } from './commands/bury-mail/bury-mail.handler.js';
import { DeliverMailHandler } from './commands/deliver-mail/deliver-mail.handler.js';
import { MAILER } from './ports/mailer.js';
import { MailSeal } from './services/mail-seal.js';
import { QueuedMailer } from './services/queued-mailer.js';

/** Handlers of the context `mail`, and the way for all others to send mail. */
@Global()
@Module({
  providers: [BuryMailHandler, DeliverMailHandler, MailSeal, { provide: MAILER, useClass: QueuedMailer }],
  exports: [MAILER],
})
export class MailApplicationModule {}
