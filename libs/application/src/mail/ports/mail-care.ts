import type { WorkspaceId } from '#domain/shared/ids.js';
import type { MailState } from './outgoing-mails.js';

export interface LostMail {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
}

/** Mails of all workspaces. */
export interface MailCare {
  /** Queued mails with which nothing has happened since `before`, their next try long past, oldest first. */
  findLost(before: Date, limit: number): Promise<readonly LostMail[]>;
  /** Forget what mails say that were given up and have run out, and all of those made before `madeBefore`. @returns how many */
  forget(at: Date, madeBefore: Date): Promise<number>;
  /** How many are in each state that somebody may have to see to. */
  count(): Promise<ReadonlyMap<MailState, number>>;
}
export const MAIL_CARE = Symbol('MailCare');
