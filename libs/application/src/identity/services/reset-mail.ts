import { Inject, Injectable } from '@nestjs/common';
import { RESET_LINK_MS } from '#domain/identity/guess-limits.js';
import { composeMail, MAILER, type Mailer } from '../../mail/index.js';
import { PUBLIC_ADDRESS } from '../../shared/ports/public-address.js';
import { mailText } from '../i18n/mails/texts.js';

/** Writes mails with links to a new password. */
@Injectable()
export class ResetMail {
  constructor(
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(PUBLIC_ADDRESS) private readonly publicAddress: string,
  ) {}

  /** Send a link, in the open transaction. */
  async send(to: string, secret: string, expiresAt: Date, language: 'ru' | 'en'): Promise<void> {
    const content = composeMail({
      subject: mailText('identity.mail.password_reset.subject', language, {}),
      paragraphs: [
        mailText('identity.mail.password_reset.why', language, {}),
        mailText('identity.mail.password_reset.how', language, { hours: RESET_LINK_MS / 3_600_000 }),
      ],
      action: {
        label: mailText('identity.mail.password_reset.action', language, {}),
        url: `${this.publicAddress}/reset/${secret}`,
      },
      footer: mailText('identity.mail.password_reset.footer', language, {}),
    });
    await this.mailer.send({ to, kind: 'identity.password_reset', content, expiresAt });
  }
}
