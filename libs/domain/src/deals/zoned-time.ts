/** A moment as a wall clock shows it; `month` from 1, `weekday` from 0 = Monday. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
}

// Making a formatter costs as much as a hundred uses of it; there are some 600 zones in all.
const formats = new Map<string, Intl.DateTimeFormat>();

const makeFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

/** True when the name is an IANA time zone that this runtime knows. */
export const isTimeZone = (timeZone: string): boolean => {
  try {
    makeFormat(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  // An account with a zone from a newer time-zone table must still be able to copy deals.
  const format = makeFormat(isTimeZone(timeZone) ? timeZone : 'UTC');
  formats.set(timeZone, format);
  return format;
};

/** The wall clock in a time zone (IANA name; an unknown one counts as UTC). */
export const wallTime = (instant: Date, timeZone: string): WallTime => {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return { year, month, day, hour, minute, second, weekday };
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `DD.MM.YYYY` */
export const formatDay = ({ day, month, year }: WallTime): string =>
  `${two(day)}.${two(month)}.${String(year).padStart(4, '0')}`;

/** `HH:mm` */
export const formatTime = ({ hour, minute }: WallTime): string => `${two(hour)}:${two(minute)}`;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$|^(\d{2})\.(\d{2})\.(\d{4})$/;
const LOCAL =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$|^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2})$/;
const ABSOLUTE = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const pick = (match: RegExpExecArray, ...indexes: readonly number[]): number[] =>
  indexes.map((index) => Number(match[index] ?? 0));

/** Milliseconds of a wall clock read as UTC, undefined for days and hours that do not exist. */
const asUtc = ([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[]):
  number | undefined => {
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const real =
    year >= 1000 &&
    utc.getUTCMonth() === month - 1 &&
    utc.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  return real ? utc.getTime() : undefined;
};

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
const offsetMs = (ms: number, timeZone: string): number => {
  const wall = wallTime(new Date(ms), timeZone);
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second) - ms;
};

/**
 * The Unix second that a text names: an ISO 8601 instant with a zone, a local date-time or a calendar day (ISO or
 * `DD.MM.YYYY`). Local ones are read in `timeZone`, days as their midnight there (amoCRM: date fields).
 *
 * @returns undefined for anything else, and for days that do not exist
 */
export const unixSecondsOf = (text: string, timeZone: string): number | undefined => {
  const absolute = ABSOLUTE.exec(text);
  if (absolute) {
    const ms = Date.parse(text);
    const dayExists = DAY.exec(absolute[1] ?? '');
    return Number.isNaN(ms) || !dayExists || asUtc(pick(dayExists, 1, 2, 3)) === undefined
      ? undefined
      : Math.floor(ms / 1000);
  }
  const day = DAY.exec(text);
  const local = day ? null : LOCAL.exec(text);
  const wall = day
    ? asUtc(day[1] ? pick(day, 1, 2, 3) : pick(day, 6, 5, 4))
    : local && asUtc(local[1] ? pick(local, 1, 2, 3, 4, 5, 6) : pick(local, 9, 8, 7, 10, 11));
  if (wall === undefined || wall === null) return undefined;
  // Two steps settle on the right offset unless the clock skips this very hour; then the hour after it is taken.
  const guess = wall - offsetMs(wall, timeZone);
  return Math.floor((wall - offsetMs(guess, timeZone)) / 1000);
};
