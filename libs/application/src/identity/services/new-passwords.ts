import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '#domain/shared/ids.js';
import { PASSWORD_HASHER, type PasswordHasher } from '../ports/password-hasher.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../ports/sign-in-directory.js';
import { PasswordRules } from './password-rules.js';

/** Makes hashes of passwords that may be set. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly rules: PasswordRules,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(PASSWORD_HASHER) private readonly hasher: PasswordHasher,
  ) {}

  /**
   * The hash of a good password for a user; outside of transactions, for it takes long.
   *
   * @param path  the field of the request that carries the password
   * @throws AppError `identity.password_weak`, `identity.busy`
   */
  async hash(userId: UserId, password: string, path: string): Promise<string> {
    const owner = await this.directory.ownerOf(userId);
    await this.rules.assertGood(password, owner ?? { email: '', name: '', companies: [] }, path);
    return this.hasher.hash(password);
  }
}
