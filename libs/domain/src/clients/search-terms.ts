import { digitsOf, textKey } from './client-texts.js';

/** Shorter fragments have no trigram: an index cannot look for them within a text, only at the beginning of names. */
export const MIN_FRAGMENT = 3;
const MAX_WORDS = 8;
const PHONE_LIKE = /^[\d\s()+\-–—.]+$/u;

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
  const words = [...new Set(text.split(' '))].slice(0, MAX_WORDS);
  return words.some((word) => [...word].length >= MIN_FRAGMENT)
    ? { kind: 'fragments', groups: words.map((word) => [word]) }
    : { kind: 'prefix', prefix: text };
};

/** In Russia 8 is dialled for +7: "8 916…" is meant to find "+7916…". A fragment may also stand in the middle. */
const phoneFragments = (digits: string): readonly string[] => {
  if (!digits.startsWith('8')) return [digits];
  const abroad = `7${digits.slice(1)}`;
  return digits.length >= 11 ? [abroad, digits] : [digits, abroad];
};
