import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, hashSync, type Options, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '#application/identity/ports/password-hasher.js';

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. The package has the algorithms as a
// const enum, which isolated modules cannot read: 2 is Argon2id.
const PARAMETERS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id on the thread pool. Passwords are NFKC-normalised: keyboards differ in how they compose «й». */
@Injectable()
export class Argon2PasswordHasher implements PasswordHasher {
  // Made at start, with the same parameters: the first unknown e-mail must not take longer than the next.
  private readonly dummy = hashSync(randomBytes(32), PARAMETERS);

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), PARAMETERS);
  }

  async verify(password: string, stored: string | null): Promise<boolean> {
    const matches = await verify(stored ?? this.dummy, password.normalize('NFKC'));
    return matches && stored !== null;
  }
}
