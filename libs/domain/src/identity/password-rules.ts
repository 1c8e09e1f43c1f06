/** Least length in characters (NIST SP 800-63B: 8); what else a password must have, its guessability decides. */
export const MIN_PASSWORD = 8;
/** Most characters; long enough for any phrase, short enough to be no load. */
export const MAX_PASSWORD = 256;
/** A password must stand this many guesses: about a year at three a second, and hours on stolen argon2 hashes each. */
export const MIN_GUESSES_LOG10 = 8;

/** Why a password is not good enough. */
export const PASSWORD_FAULTS = [
  'malformed',
  'too_short',
  'too_long',
  'too_common',
  'personal',
  'repetitive',
  'sequential',
  'keyboard_row',
  'date',
  'guessable',
] as const;
export type PasswordFault = (typeof PASSWORD_FAULTS)[number];

/** Whom a password is for: what an attacker would try first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
  /** Names of the workspaces. */
  readonly companies: readonly string[];
}

/** How the password is measured and hashed: keyboards differ in how they compose «й». */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/** What is wrong with the form of a password, before anybody asks how easily it is guessed. */
export const formFaultOf = (password: string): PasswordFault | null => {
  // What was no Unicode on its way became U+FFFD: two such passwords could not be told apart.
  if (/\p{Surrogate}|\uFFFD|\0/u.test(password)) return 'malformed';
  const { length } = [...normalisePassword(password)];
  if (length < MIN_PASSWORD) return 'too_short';
  return length > MAX_PASSWORD ? 'too_long' : null;
};

/** Words of a person that a password must not be made of, lower case, also as Latin letters spell them. */
export const personalWords = ({ email, name, companies }: PasswordOwner): readonly string[] => {
  const words = [email, name, ...companies, 'sdelka', 'сделка']
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .map((word) => word.normalize('NFKC').trim().toLowerCase())
    .filter((word) => word.length >= 3);
  return [...new Set(words.flatMap((word) => [word, transliterated(word)]))];
};

const LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

const keysOf = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map([...from].flatMap((letter, index) => pair(letter, to[index] ?? letter)));
const pair = (from: string, to: string): readonly [string, string][] => [
  [from, to],
  ...(from.toUpperCase() === from ? [] : [[from.toUpperCase(), to.toUpperCase()] as [string, string]]),
];
const TO_CYRILLIC = keysOf(LATIN_KEYS, CYRILLIC_KEYS);
const TO_LATIN = keysOf(CYRILLIC_KEYS, LATIN_KEYS);

const typed = (text: string, keys: ReadonlyMap<string, string>): string =>
  [...text].map((letter) => keys.get(letter) ?? letter).join('');

/**
 * A password and what the same keys give in the other layout: «пароль» typed without switching is `gfhjkm`, which
 * guessers know as well as the word.
 */
export const layoutsOf = (password: string): readonly string[] => [
  ...new Set([password, typed(password, TO_CYRILLIC), typed(password, TO_LATIN)]),
];

const CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя';
const SPELT = 'a b v g d e e zh z i y k l m n o p r s t u f h c ch sh sch - y - e yu ya'.split(' ');
const SOUNDS: ReadonlyMap<string, string> = new Map(
  [...CYRILLIC].map((letter, index) => [letter, (SPELT[index] ?? '').replace('-', '')]),
);

/** Russian words as people write them with Latin letters; others as they are. */
export const transliterated = (word: string): string =>
  [...word].map((letter) => SOUNDS.get(letter) ?? letter).join('');
