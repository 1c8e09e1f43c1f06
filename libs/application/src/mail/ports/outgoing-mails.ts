/**
 * `queued`: on its way. `sent`: a mail server has taken it. `dead`: given up; an administrator may send it again.
 * `cancelled`: nobody wants it sent any more.
 */
export const MAIL_STATES = ['queued', 'sent', 'dead', 'cancelled'] as const;
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
  /** Tries of this run that failed. */
  readonly attempts: number;
  readonly nextTryAt: Date | null;
  readonly updatedAt: Date;
}

/** A mail to be stored. */
export type AddedMail = Omit<OutgoingMail, 'attempts' | 'nextTryAt' | 'updatedAt'>;

/** What a failed try leaves. */
export interface MailFailure {
  readonly code: string;
  readonly nextTryAt: Date | null;
}

/** Mails of the current workspace, in its open transaction. */
export interface OutgoingMails {
  add(mail: AddedMail, at: Date): Promise<void>;
  find(id: string): Promise<OutgoingMail | null>;
  /** Like `find`, locked until the transaction ends. */
  lock(id: string): Promise<OutgoingMail | null>;
  /** Note that a try of `run` failed, with the code of its error and when the next one is made. */
  recordFailure(id: string, run: number, failure: MailFailure, at: Date): Promise<void>;
  /** Note that it left; its contents are forgotten. */
  markSent(id: string, at: Date): Promise<void>;
  /** Give it up, with the code of what ended it. */
  bury(id: string, code: string, at: Date): Promise<void>;
  /** Start over under the next run, with all tries; what the last one met stays to be seen. @returns the run */
  queueAnew(id: string, at: Date): Promise<number>;
  /** Forget its contents: it is not to be sent. */
  cancel(id: string, at: Date): Promise<void>;
}
export const OUTGOING_MAILS = Symbol('OutgoingMails');
