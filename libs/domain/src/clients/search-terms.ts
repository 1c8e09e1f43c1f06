import { digitsOf, textKey } from './client-texts.js';

/** Shorter fragments have no trigram: an index cannot look for them within a text, only at the beginning of names. */
export const MIN_FRAGMENT = 3;
const MAX_WORDS = 8;
/** From so many digits on, a number without its trunk prefix is still long enough to be nobody else's. */
const MIN_DIALLED = 7;
const PHONE_LIKE = /^[\d\s()+\-–—.]+$/u;
/** A whole phone number among words, with its extension, by which nobody is found. */
const PHONE_AMONG =
  /(?<![\p{L}\p{N}@._])\+?\d[\d\s()\-–—.]{8,}\d(?:[\s,]*(?:доб(?:авочный)?|ext|вн(?:утр)?|#|x)[.:\s]*\d{1,7})?(?![\p{L}\p{N}@_])/gu;
const EXTENSION = /[^\d\s()+\-–—.].*$/u;
const WHOLE_NUMBER = { min: 10, max: 15 };
/** What people type otherwise than it is stored, or not at all: quotes of all kinds, and what separates words. */
const SILENT = /["'`«»“”„‟‘’‚‹›,;:()[\]{}]+/gu;
const SILENT_ENDS = /^["'`«»“”„‟‘’‚‹›,;:()[\]{}]+|["'`«»“”„‟‘’‚‹›,;:()[\]{}]+$/gu;
const ENDS_OF_WORDS = /^[.!?–—-]+|[.!?–—-]+$/gu;
/** What is dialled before a number and is no part of it: 0 in most countries, 80 in Belarus, 00 or 810 before another country. */
const TRUNKS = ['00', '0', '810', '80'];

/** What a search asks for. Every group must be met, by any of its fragments. */
export interface SearchTerms {
  readonly kind: 'fragments';
  readonly groups: readonly (readonly string[])[];
}

/** Names that begin so, for what is too short to be looked for anywhere else. */
export interface NamePrefix {
  readonly kind: 'prefix';
  readonly prefix: string;
}

/**
 * What somebody typed into the search box: words in any order, or the digits of a phone number or an INN.
 * Null when there is nothing to look for.
 */
export const readSearch = (typed: string): SearchTerms | NamePrefix | null => {
  const text = textKey(typed);
  if (text === '') return null;
  const digits = digitsOf(text);
  if (PHONE_LIKE.test(text) && digits.length >= MIN_FRAGMENT) {
    return { kind: 'fragments', groups: [phoneFragments(digits)] };
  }
  const numbers = [...text.matchAll(PHONE_AMONG)].map(([number]) => number).filter(isWhole);
  const rest = numbers.reduce((left, number) => left.replace(number, ' '), text);
  const words = wordsOf(rest).slice(0, MAX_WORDS);
  return numbers.length > 0 || words.some((word) => [...word].length >= MIN_FRAGMENT)
    ? {
        kind: 'fragments',
        groups: [...numbers.map((number) => phoneFragments(dialledOf(number))), ...words.map((word) => [word])],
      }
    : { kind: 'prefix', prefix: text.replace(SILENT_ENDS, '').trim() || text };
};

/** Words as they may stand within a name. One without a letter or a digit only counts where there is no other. */
const wordsOf = (text: string): readonly string[] => {
  const typed = text.replace(SILENT, ' ').split(' ');
  const trimmed = typed.map((word) => word.replace(ENDS_OF_WORDS, '') || word).filter((word) => word !== '');
  const telling = trimmed.filter((word) => /[\p{L}\p{N}]/u.test(word));
  return [...new Set(telling.length > 0 ? telling : trimmed)];
};

const dialledOf = (number: string): string => digitsOf(number.replace(EXTENSION, ''));

const isWhole = (number: string): boolean => {
  const { length } = dialledOf(number);
  return length >= WHOLE_NUMBER.min && length <= WHOLE_NUMBER.max;
};

/**
 * Digits of a number, or of a part of it, as they may stand in one that is stored with its country. In Russia 8 is dialled for
 * +7: "8 916…" is meant to find "+7916…". A fragment may also stand in the middle.
 */
const phoneFragments = (digits: string): readonly string[] => {
  const trunks = digits.length < MIN_DIALLED ? [] : TRUNKS.filter((trunk) => digits.startsWith(trunk));
  const dialled = trunks.map((trunk) => digits.slice(trunk.length));
  if (!digits.startsWith('8')) return [digits, ...dialled];
  const russian = `7${digits.slice(1)}`;
  return [...(digits.length >= 11 ? [russian, digits] : [digits, russian]), ...dialled];
};
