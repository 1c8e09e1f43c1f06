import { AppError } from '../shared/app-error.js';
import { analyticsErrors } from './analytics.errors.js';

/** Days that one report may cover: a leap year. */
export const MAX_DAYS = 366;
const DAY_MS = 86_400_000;

/** Calendar days from the first to the last, both `YYYY-MM-DD`, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayNumber = (day: string, path: string): number => {
  const at = Date.parse(`${day}T00:00:00Z`);
  // Date.parse makes 2026-02-30 the second of March; and there was no year 0.
  if (!day.startsWith('0000') && !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)) return at / DAY_MS;
  throw refused(path, 'no_such_day', `${day} is no day of the calendar`);
};

/** Check a period. @throws AppError `analytics.period_invalid` when a day does not exist, the end is first, or it is too long */
export const periodOf = (from: string, to: string): Period => {
  const [first, last] = [dayNumber(from, 'from'), dayNumber(to, 'to')];
  if (last < first) throw refused('to', 'before_from', 'the last day must not be before the first one');
  if (last - first >= MAX_DAYS) throw refused('to', 'too_long', `at most ${MAX_DAYS} days can be reported on at once`);
  return { from, to };
};

/** Every day of a period, in order. */
export const daysOf = ({ from, to }: Period): readonly string[] => {
  const [first, last] = [dayNumber(from, 'from'), dayNumber(to, 'to')];
  return Array.from({ length: last - first + 1 }, (_, step) =>
    new Date((first + step) * DAY_MS).toISOString().slice(0, 10),
  );
};

const refused = (path: string, code: string, message: string): AppError =>
  new AppError(analyticsErrors['analytics.period_invalid'], { issues: [{ path, code, message }] });
