import { mailErrors } from '#domain/mail/mail.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { DepartingMail, MailTransport } from '#application/mail/ports/mail-transport.js';

/** Shows mails instead of sending them: for an installation on the machine of whoever reads its log. */
export class LogMailTransport implements MailTransport {
  /** @param show  writes one mail to the log, links and all */
  constructor(private readonly show: (mail: { to: string; subject: string; text: string }) => void) {}

  deliver({ to, content: { subject, text } }: DepartingMail): Promise<void> {
    this.show({ to, subject, text });
    return Promise.resolve();
  }
}

/** Says that there is no mail server: mails are kept and can be sent again once there is one. */
export class NoMailTransport implements MailTransport {
  deliver(): Promise<void> {
    return Promise.reject(new AppError(mailErrors['mail.not_configured']));
  }
}
