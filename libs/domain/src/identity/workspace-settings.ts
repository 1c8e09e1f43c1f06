import { AppError } from '../shared/app-error.js';
import { sharedErrors } from '../shared/shared.errors.js';

export const LANGUAGES = ['ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a workspace says of itself. */
export interface WorkspaceSettings {
  readonly name: string;
  /** Name in the IANA time zone database, e.g. `Europe/Moscow`. */
  readonly timeZone: string;
  /** Of mails to people whose own language is not known. */
  readonly language: Language;
}

/** Where and what a new workspace is, unless said. */
export const DEFAULT_SETTINGS: Omit<WorkspaceSettings, 'name'> = { timeZone: 'Europe/Moscow', language: 'ru' };

/**
 * Refuse a time zone that nobody knows; offsets such as `+03:00` are none, for they know no summer.
 *
 * @throws AppError `shared.validation_failed`
 */
export const assertTimeZone = (timeZone: string): void => {
  if (/^[A-Za-z]/.test(timeZone) && isKnown(timeZone)) return;
  const issue = { path: 'timeZone', code: 'unknown', message: 'timeZone must be a name such as Europe/Moscow' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};

const isKnown = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};
