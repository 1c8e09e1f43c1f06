/** So often a mail is tried before it is given up. */
export const MAIL_TRIES = 12;
/** The first pause; each one after it is twice as long. All together they are four to six hours. */
export const MAIL_FIRST_PAUSE_MS = 10_000;

/**
 * When the next try of a mail is made at the latest; null when there is none.
 *
 * @param failed  tries of this run that have failed, 1 or more
 * @param at      when the last of them failed
 */
export const nextTryAt = (failed: number, at: Date): Date | null =>
  failed >= MAIL_TRIES ? null : new Date(at.getTime() + MAIL_FIRST_PAUSE_MS * 2 ** (failed - 1));
