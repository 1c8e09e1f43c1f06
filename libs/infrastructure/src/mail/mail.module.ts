import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { MAIL_TRANSPORT, type MailTransport } from '#application/mail/ports/mail-transport.js';
import type { MailConfig } from '../config/app-config.js';
import { SmtpMailTransport } from './smtp-mail-transport.js';
import { LogMailTransport, NoMailTransport } from './substitute-mail-transports.js';

/** Writes one mail to the log. */
export type ShowMail = ConstructorParameters<typeof LogMailTransport>[0];

const PATIENCE_MS = 15_000;

/** The way out that the configuration names. */
export const mailTransportOf = ({ smtpUrl, from, isShownInLog }: MailConfig, show: ShowMail): MailTransport => {
  if (smtpUrl !== null && from !== null) return new SmtpMailTransport({ url: smtpUrl, from, patienceMs: PATIENCE_MS });
  return isShownInLog ? new LogMailTransport(show) : new NoMailTransport();
};

/** Outgoing mail. */
@Module({})
export class MailModule {
  /** @param transport  how this process makes its way out */
  static with(transport: Pick<FactoryProvider<MailTransport>, 'inject' | 'useFactory'>): DynamicModule {
    return {
      module: MailModule,
      global: true,
      providers: [{ provide: MAIL_TRANSPORT, ...transport }],
      exports: [MAIL_TRANSPORT],
    };
  }
}
