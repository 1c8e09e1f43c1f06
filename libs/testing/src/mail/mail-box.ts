import type { DepartingMail, MailTransport } from '#application/mail/ports/mail-transport.js';

/** Keeps mails instead of sending them. */
export class MailBox implements MailTransport {
  /** All mails, oldest first; one that was handed over twice is here twice. */
  readonly mails: DepartingMail[] = [];
  /** Thrown instead of taking a mail, when set. */
  trouble: Error | null = null;

  deliver(mail: DepartingMail): Promise<void> {
    if (this.trouble) return Promise.reject(this.trouble);
    this.mails.push(mail);
    return Promise.resolve();
  }

  /** The newest mail to an address; throws when there is none. */
  last(to: string): DepartingMail {
    const mail = this.mails.findLast((candidate) => candidate.to === to);
    if (!mail) throw new Error(`There is no mail to ${to}`);
    return mail;
  }
}

/** The part of a link in a mail that follows `path`, e.g. `/invite/`; throws when there is no such link. */
export const secretOf = ({ content }: DepartingMail, path: string): string => {
  const [, secret] = content.text.split(path);
  const found = /^[\w-]+/.exec(secret ?? '')?.[0];
  if (found === undefined) throw new Error(`The mail has no link to ${path}`);
  return found;
};
