import { Global, Module } from '@nestjs/common';
import { OUTGOING_MAILS } from '#application/mail/ports/outgoing-mails.js';
import { PgOutgoingMails } from './pg-outgoing-mails.js';

/** Binds the ports of the context `mail` to Postgres. */
@Global()
@Module({
  providers: [{ provide: OUTGOING_MAILS, useClass: PgOutgoingMails }],
  exports: [OUTGOING_MAILS],
})
export class MailPostgresModule {}
