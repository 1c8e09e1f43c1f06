import { describe, expect, it } from '@jest/globals';
import { PASSWORD_FAULTS } from '#domain/identity/password-rules.js';
import { identityEn } from './en.js';
import { identityRu } from './ru.js';
import { passwordFaultText } from './texts.js';

describe.each([
  ['ru', identityRu],
  ['en', identityEn],
] as const)('the texts of identity in %s', (language, texts) => {
  it('are whole, and the same as those of the other language', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(identityRu).sort());
    expect(Object.values(texts).filter((text) => text.trim() === '')).toEqual([]);
  });

  it.each([...PASSWORD_FAULTS])('say why a password is refused: %s', (fault) => {
    expect(passwordFaultText(fault, language)).not.toMatch(/[{}]/);
  });
});
