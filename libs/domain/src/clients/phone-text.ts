import { digitsOf } from './client-texts.js';

/** A phone number as it was written, and as it is dialled. */
export interface ReadPhone {
  /** As it was written. */
  readonly value: string;
  /** `+79161234567`; null when it cannot be read. */
  readonly e164: string | null;
  readonly extension: string | null;
}

const MAX_NUMBERS = 10;
// A digit, whatever belongs to a number, and an extension in its usual notations.
const NUMBER = /\+?\d[\d\s\u00A0()\-–—.]*\d(?:\s*(?:доб(?:авочный)?|ext|вн(?:утр)?|#|x|;ext=)[.:\s]*\d{1,7})?/giu;
const SEPARATORS = /[,;|/\n\r]+|\s+(?:или|и|or)\s+/giu;

const WHOLE_NUMBER = 10;
const SPACES = /\s+(?=\+?\d)/gu;

/**
 * Numbers with nothing but spaces between them: a new one begins at a `+`, or at an 8 or 7 when a whole number stands
 * before it and another one from there on.
 */
const splitRun = (text: string): readonly string[] => {
  const parts: string[] = [];
  let start = 0;
  for (const { index, 0: spaces } of text.matchAll(SPACES)) {
    const [before, after] = [text.slice(start, index), text.slice(index + spaces.length)];
    const isWhole = [before, after].every((part) => digitsOf(part).length >= WHOLE_NUMBER);
    if (after.startsWith('+') ? !/\d$/.test(before) : !isWhole || !/^[78]/.test(after)) continue;
    parts.push(before);
    start = index + spaces.length;
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
};

/** What stands before a separator, together with the extension that stands after one: "…, доб. 12" is one number. */
const joinExtensions = (parts: readonly string[]): readonly string[] =>
  parts.reduce<readonly string[]>((joined, part) => {
    const last = joined.at(-1);
    const isExtension = last !== undefined && /^\s*(?:доб|ext|вн|#|x\s*\d)/iu.test(part);
    return isExtension ? [...joined.slice(0, -1), `${last} ${part.trim()}`] : [...joined, part];
  }, []);

/**
 * The numbers in a text in which people have written one or several, as they were written.
 * A text without a number in it is one piece, so that nothing that was typed is lost.
 */
export const splitPhones = (text: string): readonly string[] => {
  const pieces = joinExtensions(text.split(SEPARATORS))
    .flatMap(splitRun)
    .map((piece) => piece.trim())
    .filter((piece) => digitsOf(piece).length > 0);
  // "916 123/45/67" is one number: cut at its strokes it would be none.
  const whole = digitsOf(text).length;
  const torn = pieces.some((piece) => digitsOf(piece).length < 5);
  if (pieces.length === 0 || (torn && whole <= 15)) return [text.trim()];
  return pieces.slice(0, MAX_NUMBERS);
};

/** The part of a piece that is the number: without words around it. */
export const numberIn = (piece: string): string => piece.match(NUMBER)?.[0] ?? piece;
