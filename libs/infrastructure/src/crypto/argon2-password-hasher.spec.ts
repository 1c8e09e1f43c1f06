import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '@node-rs/argon2';
import { Argon2PasswordHasher } from './argon2-password-hasher.js';

const hasher = new Argon2PasswordHasher();

describe('Argon2PasswordHasher', () => {
  it('knows the password again, however its letters are composed', async () => {
    const hash = await hasher.hash('Пароль: й'.normalize('NFC'));
    expect(await hasher.verify('Пароль: й'.normalize('NFD'), hash)).toBe(true);
    expect(await hasher.verify('Пароль: и', hash)).toBe(false);
  });

  it('hashes with argon2id, 19 MiB and two passes', async () => {
    expect(await hasher.hash('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('works as hard for nobody, and lets nobody in', async () => {
    const { dummy } = hasher as unknown as { dummy: string };
    expect(parseOptions(dummy)).toEqual(parseOptions(await hasher.hash('x')));
    expect(await hasher.verify('x', null)).toBe(false);
  });
});
