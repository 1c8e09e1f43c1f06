import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../../shared/app-error.js';
import { parseForm } from './form-hook.js';
import { type HookMap, type HookNode, MAX_HOOK_DEPTH, textAt } from './hook-tree.js';

const plain = (node: HookNode): unknown =>
  typeof node === 'string' ? node : Object.fromEntries([...node].map(([key, inner]) => [key, plain(inner)]));
const parsed = (text: string): unknown => plain(parseForm(text).root);

const write = (map: HookMap, escapeBrackets: boolean, prefix = ''): readonly string[] =>
  [...map].flatMap(([key, node]) => {
    const [open, close] = escapeBrackets ? ['%5B', '%5d'] : ['[', ']'];
    const name = prefix === '' ? encodeURIComponent(key) : `${prefix}${open}${encodeURIComponent(key)}${close}`;
    return typeof node === 'string'
      ? [`${name}=${encodeURIComponent(node).replaceAll('%20', '+')}`]
      : write(node, escapeBrackets, name);
  });

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => text.replaceAll(/[[\]]/g, '_')),
  fc.constantFrom('__proto__', 'constructor', 'prototype', '0', '17'),
);
const { tree } = fc.letrec<{ tree: Map<string, HookNode>; node: HookNode }>((tie) => ({
  node: fc.oneof({ depthSize: 'medium' }, fc.string({ unit: 'grapheme' }), tie('tree')),
  tree: fc.array(fc.tuple(name, tie('node')), { minLength: 1, maxLength: 5 }).map((entries) => new Map(entries)),
}));

describe('parseForm', () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['leads[status][0][id]=10', { leads: { status: { 0: { id: '10' } } } }],
    ['leads%5Bstatus%5D%5B0%5D%5Bid%5D=10', { leads: { status: { 0: { id: '10' } } } }],
    ['a[]=x&a[]=y', { a: { 0: 'x', 1: 'y' } }],
    ['a[1]=x&a[]=y&a[]=z', { a: { 0: 'y', 1: 'x', 2: 'z' } }],
    ['a=1&a=2', { a: '2' }],
    ['a=1&a[b]=2', { a: { b: '2' } }],
    ['a[b]=2&a=1', { a: '1' }],
    ['name=Fish+%26+chips+%2B1', { name: 'Fish & chips +1' }],
    ['name=%D0%A1%D0%B4%D0%B5%D0%BB%D0%BA%D0%B0', { name: 'Сделка' }],
    ['a&&&b=&=c', { a: '', b: '', '': 'c' }],
    ['a=b=c', { a: 'b=c' }],
    ['[a]=1', { '[a]': '1' }],
    ['a[b=1', { 'a[b': '1' }],
    ['a[b]c=1', { a: { b: '1' } }],
    ['100%=50%', { '100%': '50%' }],
  ])('reads %s', (text, tree) => {
    expect(parsed(text)).toEqual(tree);
  });

  it('keeps what it can of a broken encoding and says so', () => {
    // «Сделка» in Windows-1251, and a half of a UTF-8 letter.
    const form = parseForm('name=%D1%E4%E5%EB%EA%E0&id=7&half=%D0');
    expect(form.brokenEncoding).toBe(true);
    expect(textAt(form.root, 'id')).toBe('7');
    expect(textAt(form.root, 'half')).toBe('\uFFFD');
    expect(parseForm('id=7').brokenEncoding).toBe(false);
  });

  it('pollutes no prototype', () => {
    parseForm('__proto__[polluted]=1&constructor[prototype][polluted]=1&a[__proto__][polluted]=1');
    expect('polluted' in {}).toBe(false);
  });

  it('reads back what was written', () => {
    fc.assert(
      fc.property(tree, fc.boolean(), (map, escapeBrackets) => {
        const { root, brokenEncoding } = parseForm(write(map, escapeBrackets).join('&'));
        expect(plain(root)).toEqual(plain(map));
        expect(brokenEncoding).toBe(false);
      }),
    );
  });

  it('reads or refuses anything, and breaks on nothing', () => {
    const soup = fc.string({ unit: fc.constantFrom('a', '[', ']', '&', '=', '%', '5', 'B', 'D', '+', '\u0000', 'ы') });
    fc.assert(
      fc.property(soup, (text) => {
        try {
          parseForm(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  it('takes names of 64 levels and refuses deeper ones', () => {
    const nested = (levels: number) => `a${'[x]'.repeat(levels - 1)}=1`;
    expect(parseForm(nested(MAX_HOOK_DEPTH)).root.size).toBe(1);
    for (const levels of [MAX_HOOK_DEPTH + 1, 1_000, 100_000]) {
      expect(() => parseForm(nested(levels))).toThrow(
        expect.objectContaining({ code: 'crm.hook_unreadable', details: { reason: 'too_deep' } }),
      );
    }
  });

  // Anything worse than linear does not end within the test's time on these.
  it.each([
    ['different names', (index: number) => `k${index}=v`, 100_000],
    ['one growing list', () => 'a[]=v', 100_000],
    ['a list with numbers and without', (index: number) => (index % 2 ? `a[${index}]=v` : 'a[]=v'), 50_000],
    ['unclosed brackets', () => 'a[[[[[[[[[[=v', 1],
    ['items of a hook', (index: number) => `leads%5Bupdate%5D%5B${index}%5D%5Bid%5D=v`, 100_000],
  ])('is linear in 100 000 fields: %s', (_, field, size) => {
    const { root } = parseForm(Array.from({ length: 100_000 }, (_unused, index) => field(index)).join('&'));
    const grown = [root, root.get('a'), (root.get('leads') as HookMap | undefined)?.get('update')]
      .filter((node) => typeof node === 'object')
      .map((node) => node.size);
    expect(Math.max(...grown)).toBeGreaterThanOrEqual(size);
  });
});
