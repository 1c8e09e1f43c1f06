import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonHook } from './json-hook.js';
import { type HookNode, idAt, textAt } from './hook-tree.js';

const refusal = (reason: string) => expect.objectContaining({ code: 'crm.hook_unreadable', details: { reason } });

describe('parseJsonHook', () => {
  it('turns every scalar into text, as in a form', () => {
    const root = parseJsonHook('{"id":7,"name":"a","on":true,"off":false,"none":null,"list":[{"id":1.5}]}');
    expect([textAt(root, 'id'), textAt(root, 'on'), textAt(root, 'off')]).toEqual(['7', '1', '0']);
    expect(root.get('none')).toBe('');
    expect(textAt(root, 'list', '0', 'id')).toBe('1.5');
  });

  it.each(['{', 'nonsense', '{"a":}', '"text"', '7', 'null', '{"a":1}x'])('refuses %s', (text) => {
    expect(() => parseJsonHook(text)).toThrow(refusal('bad_json'));
  });

  it('tells nothing of the body in its refusal', () => {
    let caught: unknown;
    try {
      parseJsonHook('{"phone": +79990000000}');
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'crm.hook_unreadable' });
    expect(caught).not.toHaveProperty('cause');
    expect(String(caught)).not.toContain('7999');
  });

  it.each([
    ['lists', '['.repeat(1_000) + ']'.repeat(1_000)],
    ['objects', '{"a":'.repeat(1_000) + '1' + '}'.repeat(1_000)],
    ['never closed', '['.repeat(500_000)],
  ])('refuses 1 000 levels without falling over: %s', (_, text) => {
    expect(() => parseJsonHook(text)).toThrow(refusal('too_deep'));
  });

  it('is not misled by brackets in texts', () => {
    expect(textAt(parseJsonHook(`{"a":"${'[{\\"'.repeat(500)}"}`), 'a')).toHaveLength(1_500);
  });

  it('keeps strangers away from prototypes', () => {
    const root = parseJsonHook('{"__proto__":{"polluted":1}}');
    expect(textAt(root, '__proto__', 'polluted')).toBe('1');
    expect('polluted' in {}).toBe(false);
  });

  it('reads any object', () => {
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((n, v) => n + count(v), 0) : 1;
    const leaves = (node: HookNode): number =>
      typeof node === 'string' ? 1 : [...node.values()].reduce((sum, inner) => sum + leaves(inner), 0);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (value) => {
        expect(leaves(parseJsonHook(JSON.stringify(value)))).toBe(count(value));
      }),
    );
  });
});

describe('idAt', () => {
  it.each([
    ['1', 1],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740993', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    [' 1', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, id) => {
    expect(idAt(new Map([['id', text]]), 'id')).toBe(id);
  });
});
