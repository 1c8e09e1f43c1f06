import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../shared/app-error.js';
import { asId, type DictionaryEntryId, type DictionaryId } from '../../shared/ids.js';
import { Dictionary } from './dictionary.js';
import { inTreeOrder, MAX_DEPTH } from './dictionary-entry.js';

const at = new Date('2026-11-21T09:00:00Z');
const idOf = (name: string) => asId<DictionaryEntryId>(name);
const entry = (name: string, parent: string | null = null, position?: number) => ({
  id: idOf(name),
  code: name,
  titles: { ru: name, en: null },
  parentId: parent === null ? null : idOf(parent),
  position,
});
const made = (...entries: ReturnType<typeof entry>[]): Dictionary => {
  const dictionary = Dictionary.create({
    id: asId<DictionaryId>('dictionary'),
    code: 'own',
    titles: { ru: 'Свой', en: null },
  });
  for (const one of entries) dictionary.add(one);
  return dictionary;
};
const shown = (dictionary: Dictionary) => inTreeOrder(dictionary.entries).map(({ code, depth }) => `${depth}${code}`);
const refusal = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? (error.issues[0]?.code ?? error.code) : error;
  }
  return 'none';
};

describe('a dictionary', () => {
  it('keeps its order and its levels', () => {
    const dictionary = made(entry('a'), entry('b'), entry('c', 'a'), entry('d', null, 0), entry('e', 'a', 0));
    expect(shown(dictionary)).toEqual(['1d', '1a', '2e', '2c', '1b']);
    dictionary.change(idOf('c'), { parentId: null, position: 1 }, at);
    expect(shown(dictionary)).toEqual(['1d', '1c', '1a', '2e', '1b']);
    dictionary.change(idOf('d'), { position: 99 }, at);
    expect(shown(dictionary)).toEqual(['1c', '1a', '2e', '1b', '1d']);
    dictionary.remove(idOf('e'));
    expect(shown(dictionary)).toEqual(['1c', '1a', '1b', '1d']);
  });

  it.each<[string, (dictionary: Dictionary) => void]>([
    ['cycle', (dictionary) => dictionary.change(idOf('a'), { parentId: idOf('c') }, at)],
    ['cycle', (dictionary) => dictionary.change(idOf('a'), { parentId: idOf('a') }, at)],
    ['unknown_parent', (dictionary) => dictionary.add(entry('x', 'nobody'))],
    ['clients.dictionary_code_taken', (dictionary) => dictionary.add({ ...entry('a'), id: idOf('other') })],
    ['clients.dictionary_entry_in_use', (dictionary) => dictionary.remove(idOf('a'))],
    ['clients.dictionary_entry_unknown', (dictionary) => dictionary.remove(idOf('nobody'))],
  ])('refuses: %s', (code, work) => {
    const dictionary = made(entry('a'), entry('b', 'a'), entry('c', 'b'));
    const before = shown(dictionary);
    expect(refusal(() => work(dictionary))).toBe(code);
    expect(shown(dictionary)).toEqual(before);
  });

  it('bounds its depth, also when a branch is moved', () => {
    const chain = Array.from({ length: MAX_DEPTH }, (_, level) => entry(`l${level}`, level ? `l${level - 1}` : null));
    const dictionary = made(...chain, entry('a'), entry('b', 'a'));
    expect(refusal(() => dictionary.add(entry('x', `l${MAX_DEPTH - 1}`)))).toBe('too_deep');
    expect(refusal(() => dictionary.change(idOf('a'), { parentId: idOf(`l${MAX_DEPTH - 2}`) }, at))).toBe('too_deep');
    dictionary.change(idOf('a'), { parentId: idOf(`l${MAX_DEPTH - 3}`) }, at);
    expect(shown(dictionary)).toContain(`${MAX_DEPTH}b`);
  });

  it('archives and takes back', () => {
    const dictionary = made(entry('a'));
    dictionary.change(idOf('a'), { isArchived: true }, at);
    dictionary.change(idOf('a'), { isArchived: true }, new Date(0));
    expect(dictionary.entry(idOf('a')).archivedAt).toEqual(at);
    dictionary.change(idOf('a'), { isArchived: false }, at);
    expect(dictionary.entry(idOf('a')).archivedAt).toBeNull();
  });

  it('tells once that it changed', () => {
    expect(made(entry('a'), entry('b')).pullEvents()).toHaveLength(1);
  });

  it('is a tree with gapless positions whatever is done to it', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const move = fc.record({
      id: fc.constantFrom(...names),
      parent: fc.option(fc.constantFrom(...names)),
      position: fc.option(fc.nat(9), { nil: undefined }),
      removes: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
        const dictionary = made(...names.map((name) => entry(name)));
        for (const { id, parent, position, removes } of moves) {
          const parentId = parent === null ? null : idOf(parent);
          refusal(() =>
            removes ? dictionary.remove(idOf(id)) : dictionary.change(idOf(id), { parentId, position }, at),
          );
        }
        const tree = inTreeOrder(dictionary.entries);
        expect(tree).toHaveLength(dictionary.entries.length);
        expect(tree.every(({ depth }) => depth <= MAX_DEPTH)).toBe(true);
        for (const parentId of new Set(tree.map((one) => one.parentId))) {
          const positions = tree.filter((one) => one.parentId === parentId).map(({ position }) => position);
          expect(positions).toEqual(positions.map((_, index) => index));
        }
      }),
    );
  });
});
