import { describe, expect, it } from '@jest/globals';
import { mentionsIn } from './mentions.js';

const anna = '01890000-0000-7000-8000-00000000000a';
const boris = '01890000-0000-7000-8000-00000000000b';

describe('mentionsIn', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['none', 'Просто текст, user@example.com @anna @{anna}', [], []],
    ['one in the text', `Спросите @{${anna}}!`, [], [anna]],
    ['each once, in order', `@{${boris}}@{${anna}} @{${boris.toUpperCase()}}`, [anna], [boris, anna]],
    ['those named beside the text', 'ок', [boris, boris], [boris]],
    ['no half of one', `@{${anna} @${anna} {${anna}}`, [], []],
  ])('finds %s', (_, text, named, expected) => {
    expect(mentionsIn(text, named)).toEqual(expected);
  });
});
