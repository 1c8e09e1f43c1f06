import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asId, type ApiKeyId } from '#domain/shared/ids.js';
import { keyHash, keyPrefix, keyText, readKey } from './api-key-text.js';

const anId = fc.uuid().map((text) => asId<ApiKeyId>(text));
const aSecret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const NONE = Buffer.alloc(32);
const ID = asId<ApiKeyId>('01900000-0000-7000-8000-0000000000ff');

describe('the text of a key', () => {
  it('is read back as what it was made of', () => {
    fc.assert(
      fc.property(anId, aSecret, (id, secret) => {
        const text = keyText(id, secret);
        expect(text).toMatch(/^sdk_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}$/);
        expect(text.startsWith(`${keyPrefix(id)}_`)).toBe(true);
        expect(readKey(text)).toEqual({ id, hash: keyHash(text) });
      }),
    );
    const full = keyText(asId<ApiKeyId>('ffffffff-ffff-ffff-ffff-ffffffffffff'), Buffer.alloc(32, 255));
    expect(readKey(full)?.id).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff');
  });

  it('shows each typo: another letter, two that changed places, one too few or too many', () => {
    const letter = fc.constantFrom(...'0123456789ABCXYZabcxyz_- é');
    fc.assert(
      fc.property(anId, aSecret, fc.nat(76), letter, (id, secret, at, other) => {
        const text = keyText(id, secret);
        const swapped = `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`;
        const typos = [
          `${text.slice(0, at)}${other}${text.slice(at + 1)}`,
          `${text.slice(0, at)}${text.slice(at + 1)}`,
          `${text.slice(0, at)}${other}${text.slice(at)}`,
          swapped,
        ];
        for (const typo of typos.filter((one) => one !== text)) expect(readKey(typo)).toBeNull();
      }),
    );
  });

  it.each([
    '',
    'sdk_',
    'x'.repeat(100_000),
    `${keyText(ID, NONE)} `,
    ` ${keyText(ID, NONE)}`,
    `${keyText(ID, NONE)}\n`,
  ])('is not %p', (text) => {
    expect(readKey(text)).toBeNull();
  });
});
