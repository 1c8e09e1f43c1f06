/** What the sounds of words are made of: see `soundKey`. */
const CYRILLIC = { vowels: 'аиу', consonants: 'птксфшмнрлхч' };
const LATIN = { vowels: 'aeiouy', consonants: 'bcdfghjklmnpqrstvwxz' };
/** A longer word is no name, and would have too many neighbours. */
const MAX_LETTERS = 16;
/** So many words of a name are told apart, and so many keys are looked up. */
const MAX_KEYS = 1_500;

const withoutRepeats = (sound: string): string => sound.replace(/(.)\1+/gu, '$1');

/** What one wrong, missing, doubled or swapped letter may make of the sound of a word. */
const neighboursOf = (sound: string): readonly string[] => {
  const letters = [...sound];
  if (letters.length > MAX_LETTERS) return [];
  const { vowels, consonants } = /\p{Script=Latin}/u.test(sound) ? LATIN : CYRILLIC;
  // Vowels are heard at the beginning of a word only.
  const alphabet = (at: number): readonly string[] => [...(at === 0 ? vowels : ''), ...consonants];
  const cut = (at: number, count: number, ...put: readonly string[]): string =>
    [...letters.slice(0, at), ...put, ...letters.slice(at + count)].join('');
  const places = [...letters.keys()];
  return [
    ...places.map((at) => cut(at, 1)),
    ...places.slice(1).map((at) => cut(at - 1, 2, letters[at] ?? '', letters[at - 1] ?? '')),
    ...places.flatMap((at) => alphabet(at).map((letter) => cut(at, 1, letter))),
    ...[...places, letters.length].flatMap((at) => alphabet(at).map((letter) => cut(at, 0, letter))),
    // A letter between two that are alike: with it they are heard apart, without it as one.
    ...places.slice(2).flatMap((at) => (letters[at] === letters[at - 2] ? [cut(at - 2, 3, letters[at] ?? '')] : [])),
    ...places.flatMap((at) =>
      consonants.split('').map((letter) => cut(at, 1, letters[at] ?? '', letter, letters[at] ?? '')),
    ),
  ].map(withoutRepeats);
};

/**
 * Sounds of names that are one slip away from `sound`: a letter in one of its words, or a word that is left out. Whoever looks all
 * of them up finds each name that was written with one slip, whatever the number of names there are.
 *
 * @param sound  as `soundKey` makes it
 * @returns      at most 1 500, `sound` itself not among them
 */
export const nearSounds = (sound: string): readonly string[] => {
  const words = sound.split(' ');
  const keyOf = (changed: readonly string[]): string =>
    changed
      .filter((word) => word !== '')
      .toSorted()
      .join(' ');
  const shorter = words.length > 1 ? words.map((_, left) => keyOf(words.filter((__, index) => index !== left))) : [];
  const slips = words.flatMap((word, index) => neighboursOf(word).map((near) => keyOf(words.with(index, near))));
  return [...new Set([...shorter, ...slips])].filter((key) => key !== '' && key !== sound).slice(0, MAX_KEYS);
};
