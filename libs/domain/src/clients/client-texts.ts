/** Control characters, and those that turn the direction of what follows them: they would garble a list, or forge it. */
const UNSEEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;
const SPACES = /[\s\u00A0\u200B\u2060\uFEFF]+/gu;

/** Longest key, in code points: as long as a name may be. */
const MAX_KEY = 300;

/** A line of text as it is stored: composed, without unseen characters, single spaces, none at the ends. */
export const tidyLine = (text: string): string => text.normalize('NFC').replace(SPACES, ' ').replace(UNSEEN, '').trim();

/** A text's first code points. One that has no more units has no more code points, and most have not. */
const firstOf = (text: string, count: number): string =>
  text.length <= count ? text : [...text].slice(0, count).join('');

/** How a text is compared: width and case forgotten, ё as е. Comparing keys compares what people mean. */
export const textKey = (text: string): string =>
  firstOf(tidyLine(text.normalize('NFKC')).toLowerCase().replaceAll('ё', 'е'), MAX_KEY);

/** So much of a name is sorted by: a place in a list must fit into its cursor. */
const MAX_SORT_KEY = 70;

/** What a name is sorted by. */
export const sortKey = (name: string): string => firstOf(textKey(name), MAX_SORT_KEY);

/** An e-mail address as it is compared. Both parts without case: nobody has two mailboxes that differ in it. */
export const emailKey = (address: string): string => address.trim().toLowerCase();

/** The digits of a text. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');
