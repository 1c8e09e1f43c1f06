/** `queued`: on its way. `sent`: a mail server has taken it. `dead`: given up; an administrator may send it again. */
export const MAIL_STATES = ['queued', 'sent', 'dead'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A stored mail. */
export interface OutgoingMail {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly state: MailState;
  /** Sealed contents; null once they are no longer needed. */
  readonly sealed: string | null;
  readonly expiresAt: Date;
  /** Number of the mail's current job; jobs of earlier runs do nothing. */
  readonly run: number;
}

/** Mails of the current workspace, in its open transaction. */
export interface OutgoingMails {
  add(mail: OutgoingMail, at: Date): Promise<void>;
  find(id: string): Promise<OutgoingMail | null>;
  /** Like `find`, locked until the transaction ends. */
  lock(id: string): Promise<OutgoingMail | null>;
  /** Note that a try failed, with the code of its error. */
  recordFailure(id: string, code: string, at: Date): Promise<void>;
  /** Note that it left; its contents are forgotten. */
  markSent(id: string, at: Date): Promise<void>;
  /** Give it up, with the code of what ended it. */
  bury(id: string, code: string, at: Date): Promise<void>;
}
export const OUTGOING_MAILS = Symbol('OutgoingMails');
