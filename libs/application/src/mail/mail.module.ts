import { Global, Module } from '@nestjs/common';
import { BuryMailHandler } from './commands/bury-mail/bury-mail.handler.js';
import { CancelMailHandler } from './commands/cancel-mail/cancel-mail.handler.js';
import { DeliverMailHandler } from './commands/deliver-mail/deliver-mail.handler.js';
import { ForgetOldMailsHandler } from './commands/forget-old-mails/forget-old-mails.handler.js';
import { RequeueMailHandler } from './commands/requeue-mail/requeue-mail.handler.js';
import { RetryMailHandler } from './commands/retry-mail/retry-mail.handler.js';
import { MAILER } from './ports/mailer.js';
import { FindMailStatesHandler } from './queries/find-mail-states/find-mail-states.handler.js';
import { GetMailHandler } from './queries/get-mail/get-mail.handler.js';
import { ListMailsHandler } from './queries/list-mails/list-mails.handler.js';
import { MailDesk } from './services/mail-desk.js';
import { MailSeal } from './services/mail-seal.js';
import { QueuedMailer } from './services/queued-mailer.js';

/** Handlers of the context `mail`, and the way for all others to send mail. */
@Global()
@Module({
  providers: [
    BuryMailHandler,
    DeliverMailHandler,
    CancelMailHandler,
    RetryMailHandler,
    RequeueMailHandler,
    ForgetOldMailsHandler,
    ListMailsHandler,
    GetMailHandler,
    FindMailStatesHandler,
    MailDesk,
    MailSeal,
    { provide: MAILER, useClass: QueuedMailer },
  ],
  exports: [MAILER],
})
export class MailApplicationModule {}
