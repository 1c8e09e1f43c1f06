import type { MailState } from '../../ports/outgoing-mails.js';

/** What became of a mail, for whoever had it sent. */
export interface MailStateView {
  readonly id: string;
  readonly state: MailState;
  /** Code of the error that the last try met. */
  readonly lastError: string | null;
}
