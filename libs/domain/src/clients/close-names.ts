/** Forms of companies, which say nothing of who it is. */
const FORMS = new Set([
  'ооо',
  'оао',
  'зао',
  'пао',
  'нао',
  'ао',
  'ип',
  'тоо',
  'гуп',
  'муп',
  'фгуп',
  'ltd',
  'llc',
  'inc',
]);
const PATRONYMIC = /(?:ович|евич|ич|овна|евна|ична|инична|оглы|кызы)$/u;
/** Shorter fragments have no trigram. */
const MIN_FRAGMENT = 3;

const letters = (text: string): number => [...text].length;
/** The one or two words that tell most of a name. A patronymic is often left out, so it does not count beside others. */
const tellingWords = (nameKey: string): readonly string[] => {
  const words = nameKey.split(/[^\p{L}\p{N}]+/u).filter((word) => letters(word) >= MIN_FRAGMENT && !FORMS.has(word));
  const told = words.length > 2 ? words.filter((word) => !PATRONYMIC.test(word)) : words;
  return (told.length > 0 ? told : words).toSorted((a, b) => letters(b) - letters(a)).slice(0, 2);
};

const VOWELS = /[аеиоуыэюяйьъaeiouy]/gu;
/** Consonants that are written for one another. */
const ALIKE: Readonly<Record<string, string>> = { б: 'п', д: 'т', г: 'к', з: 'с', в: 'ф', ж: 'ш', щ: 'ш', ц: 'с' };
const FIRST_VOWELS: Readonly<Record<string, string>> = { о: 'а', я: 'а', е: 'и', э: 'и', ы: 'и', й: 'и', ю: 'у' };

/** What is heard of a word: its consonants, alike ones as one, and a vowel at the beginning. Endings of gender are vowels. */
const soundOf = (word: string): string => {
  const [first = '', ...rest] = word;
  const consonants = rest.join('').replace(VOWELS, '');
  return [...(FIRST_VOWELS[first] ?? first), ...consonants]
    .map((letter) => ALIKE[letter] ?? letter)
    .filter((letter, index, all) => letter !== all[index - 1])
    .join('');
};

/**
 * How a name sounds, whatever the order of its words, its vowels, its gender and its patronymic: equal for most of the ways to
 * write it. Null when nothing in it tells anybody apart.
 */
export const soundKey = (nameKey: string): string | null => {
  const words = nameKey.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !FORMS.has(word));
  const told = words.length > 2 ? words.filter((word) => !PATRONYMIC.test(word)) : words;
  const named = (told.length > 0 ? told : words).filter((word) => !/^\p{N}+$/u.test(word));
  const sounds = (named.length > 0 ? named : words).slice(0, 4).map(soundOf).toSorted();
  return sounds.length === 0 ? null : sounds.join(' ');
};

/**
 * The word of a name that has but one that tells anything, without its ending, so that an index finds it within other names.
 *
 * @param nameKey  as `textKey` makes it
 * @returns        null when there are several, or none
 */
export const onlyWord = (nameKey: string): string | null => {
  const [one, other] = tellingWords(nameKey);
  if (one === undefined || other !== undefined) return null;
  return letters(one) > 6 ? [...one].slice(0, -2).join('') : one;
};
