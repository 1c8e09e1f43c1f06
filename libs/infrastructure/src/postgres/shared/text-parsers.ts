import { types } from 'pg';

/** How a value's text becomes a value. */
export type ParseText = (text: string) => unknown;

const { builtins } = types;
// PostgreSQL: arrays have types of their own, which `pg` does not name.
const TEXT_ARRAY = 1009;
const UUID_ARRAY = 2951;

const UTC = '+00';
const SECONDS_END = 19;

/** A whole number of two digits in a text. */
const pair = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/**
 * Reads `2026-11-21 09:00:00.5+00`, as a server in UTC writes its timestamps; undefined for any other form (years before
 * Christ or beyond 9999, infinity, other zones). `pg`'s own reader takes ten times as long, for it reads every form.
 */
export const utcTime = (text: string): Date | undefined => {
  if (text.charCodeAt(4) !== 45 || !text.endsWith(UTC) || text.length < SECONDS_END + UTC.length) return undefined;
  const fraction = text.slice(SECONDS_END, -UTC.length);
  if (fraction !== '' && fraction.charCodeAt(0) !== 46) return undefined;
  const seconds = Date.UTC(
    pair(text, 0) * 100 + pair(text, 2),
    pair(text, 5) - 1,
    pair(text, 8),
    pair(text, 11),
    pair(text, 14),
    pair(text, 17),
  );
  // Microseconds are cut off, as JavaScript knows none.
  const time = new Date(seconds + (fraction === '' ? 0 : Number(fraction.slice(1, 4).padEnd(3, '0'))));
  // Date.UTC takes years below 100 for those of the last century.
  return text.startsWith('00') ? undefined : time;
};

const timeParser =
  (parse: ParseText): ParseText =>
  (text) =>
    utcTime(text) ?? parse(text);
const arrayParser =
  (parse: ParseText): ParseText =>
  (text) =>
    text === '{}' ? [] : parse(text);

const QUICKER: Readonly<Record<number, (parse: ParseText) => ParseText>> = {
  [builtins.TIMESTAMPTZ]: timeParser,
  [TEXT_ARRAY]: arrayParser,
  [UUID_ARRAY]: arrayParser,
};

/** The parser of a type: `pg`'s, with shorter ways for what every list is full of. */
export const parserOf = (typeId: number): ParseText => {
  const parse = types.getTypeParser(typeId, 'text') as ParseText;
  return QUICKER[typeId]?.(parse) ?? parse;
};
