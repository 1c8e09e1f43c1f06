import type { MailState } from '../../ports/outgoing-mails.js';

/** A mail as those see it who look after mails: never what it says. */
export interface MailView {
  readonly id: string;
  /** What it is for, `<context>.<what>`. */
  readonly kind: string;
  /** Masked: `i***@example.org`. */
  readonly recipient: string;
  readonly state: MailState;
  /** Tries since it was last queued. */
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Code of the error that the last try met. */
  readonly lastError: string | null;
  /** About when the next try is made; null when it is due, or none is to come. */
  readonly nextTryAt: Date | null;
  /** From when on it is not sent any more. */
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** Which mails are asked for; what is left out does not matter. */
export interface MailFilter {
  readonly state?: MailState;
  readonly kind?: string;
  /** The whole address, in any case. */
  readonly recipient?: string;
}
