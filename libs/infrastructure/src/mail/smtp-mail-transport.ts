import { createTransport } from 'nodemailer';
import { mailErrors } from '#domain/mail/mail.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { DepartingMail, MailTransport } from '#application/mail/ports/mail-transport.js';

export interface SmtpSettings {
  /** `smtp(s)://user:password@host:port`, with nodemailer's options after a `?`. */
  readonly url: string;
  /** `Name <address>`, or the address alone. */
  readonly from: string;
  /** How long a connection, a greeting or a silence may take, in milliseconds. */
  readonly patienceMs: number;
}

// Errors of these commands are about the mail; those of others (greeting, login, TLS) are about the server.
const ABOUT_THE_MAIL = /^(MAIL FROM|RCPT TO|DATA)/;

/** Hands mails to a mail server: a connection for each, since they are few. */
export class SmtpMailTransport implements MailTransport {
  readonly #transporter: ReturnType<typeof createTransport>;
  readonly #domain: string;

  constructor(private readonly settings: SmtpSettings) {
    const { url, patienceMs } = settings;
    this.#transporter = createTransport({
      url,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      dnsTimeout: patienceMs,
      // Contents are texts of ours: nothing in them is an address to read from.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#domain = /@([\w.-]+)>?\s*$/.exec(settings.from)?.[1] ?? 'sdelka.invalid';
  }

  async deliver({ id, to, content }: DepartingMail): Promise<void> {
    try {
      await this.#transporter.sendMail({
        from: this.settings.from,
        // As an object it is one address, whatever it contains; as a text it could be a list.
        to: { name: '', address: to },
        ...content,
        messageId: `<${id}@${this.#domain}>`,
        // Robots that answer mails leave those alone that say so (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw new AppError(isForGood(error) ? mailErrors['mail.refused'] : mailErrors['mail.unavailable'], {
        cause: error,
      });
    }
  }
}

/** A 5yz answer to the mail itself (RFC 5321, 4.2.1), or an address that no server would take. */
const isForGood = (error: unknown): boolean => {
  const { responseCode, command, code } = error as { responseCode?: unknown; command?: unknown; code?: unknown };
  if (typeof responseCode !== 'number') return code === 'EENVELOPE';
  return responseCode >= 500 && typeof command === 'string' && ABOUT_THE_MAIL.test(command);
};
