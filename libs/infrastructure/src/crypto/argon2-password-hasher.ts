import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, hashSync, type Options, verify } from '@node-rs/argon2';
import { normalisePassword } from '#domain/identity/password-rules.js';
import type { PasswordHasher } from '#application/identity/ports/password-hasher.js';
import { HashingQueue } from './hashing-queue.js';

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. The package has the algorithms as a
// const enum, which isolated modules cannot read: 2 is Argon2id.
const PARAMETERS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Node's thread pool has four threads; the other two are for files and names. Forty wait for about a second.
const AT_ONCE = 2;
const MAY_WAIT = 40;

/** argon2id on the thread pool, of the NFKC form of a password. */
@Injectable()
export class Argon2PasswordHasher implements PasswordHasher {
  private readonly queue = new HashingQueue(AT_ONCE, MAY_WAIT);
  // Made at start, with the same parameters: the first unknown e-mail must not take longer than the next.
  private readonly dummy = hashSync(randomBytes(32), PARAMETERS);

  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(normalisePassword(password), PARAMETERS));
  }

  async verify(password: string, stored: string | null): Promise<boolean> {
    const matches = await this.queue.run(() => verify(stored ?? this.dummy, normalisePassword(password)));
    return matches && stored !== null;
  }
}
