import type { MailContent } from '../compose-mail.js';

/** A mail to one person. */
export interface NewMail {
  /** E-mail address of the recipient. */
  readonly to: string;
  /** What the mail is for, `<context>.<what>`: shown to administrators instead of the contents. */
  readonly kind: string;
  /** Laid out by `composeMail`. Kept sealed, and only until it is sent. */
  readonly content: MailContent;
  /** From when on it must not be sent any more, as when the link in it has expired. */
  readonly expiresAt: Date;
}

/** Sends mail with the change that causes it. */
export interface Mailer {
  /**
   * Store a mail in the open transaction, in the current workspace. A worker sends it after the commit, at least once:
   * with the same `Message-ID` each time, so that mail systems can tell a repetition.
   *
   * @returns the id of the mail, under which it is listed
   */
  send(mail: NewMail): Promise<string>;
  /** Call a mail back, in the open transaction: what it says is no longer true. One that has left, or is gone, is left alone. */
  recall(id: string): Promise<void>;
}
export const MAILER = Symbol('Mailer');
