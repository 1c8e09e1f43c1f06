import { Global, Module } from '@nestjs/common';
import { MAIL_CARE } from '#application/mail/ports/mail-care.js';
import { MAIL_SCREENS } from '#application/mail/ports/mail-screens.js';
import { OUTGOING_MAILS } from '#application/mail/ports/outgoing-mails.js';
import { PgMailCare } from './pg-mail-care.js';
import { PgMailScreens } from './pg-mail-screens.js';
import { PgOutgoingMails } from './pg-outgoing-mails.js';

/** Binds the ports of the context `mail` to Postgres. */
@Global()
@Module({
  providers: [
    { provide: OUTGOING_MAILS, useClass: PgOutgoingMails },
    { provide: MAIL_SCREENS, useClass: PgMailScreens },
    { provide: MAIL_CARE, useClass: PgMailCare },
  ],
  exports: [OUTGOING_MAILS, MAIL_SCREENS, MAIL_CARE],
})
export class MailPostgresModule {}
