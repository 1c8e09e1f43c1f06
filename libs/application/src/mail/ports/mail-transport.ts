import type { MailContent } from '../compose-mail.js';

/** A mail as it leaves. */
export interface DepartingMail {
  /** Id of the mail; makes its `Message-ID`. */
  readonly id: string;
  readonly to: string;
  readonly content: MailContent;
}

/** The way out: a mail server, or in its place the log of an installation on somebody's own machine. */
export interface MailTransport {
  /**
   * Hand a mail over. No transaction may be open.
   *
   * @throws AppError `mail.unavailable` when another try may succeed
   * @throws AppError `mail.refused` or `mail.not_configured` when none will
   */
  deliver(mail: DepartingMail): Promise<void>;
}
export const MAIL_TRANSPORT = Symbol('MailTransport');
