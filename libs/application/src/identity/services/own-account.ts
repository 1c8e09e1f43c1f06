import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { GUESS_LIMITER, type GuessLimiter } from '../ports/guess-limiter.js';
import { PASSWORD_HASHER, type PasswordHasher } from '../ports/password-hasher.js';
import { SIGN_IN_DIRECTORY, type SignInAccount, type SignInDirectory } from '../ports/sign-in-directory.js';
import { RefusalLog } from './refusal-log.js';

/** The account of whoever acts. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(PASSWORD_HASHER) private readonly hasher: PasswordHasher,
    @Inject(GUESS_LIMITER) private readonly limiter: GuessLimiter,
    private readonly refusals: RefusalLog,
  ) {}

  /** @throws AppError `shared.unauthenticated` for actors that are no user */
  async get(): Promise<SignInAccount> {
    const userId = this.context.userId();
    const account = userId === null ? null : await this.directory.findById(userId);
    if (!account?.isActive) throw new AppError(sharedErrors['shared.unauthenticated']);
    return account;
  }

  /**
   * Ask for the password again: whoever sits down at somebody's screen, or holds a stolen token, does not know it.
   * Wrong ones count as wrong ones at the door do.
   *
   * @param path  the field of the request that carries it
   * @throws AppError `identity.wrong_password`, `identity.too_many_attempts`
   */
  async confirm(password: string, path: string): Promise<SignInAccount> {
    const account = await this.get();
    const ip = this.context.get().ip ?? 'unknown';
    const { accepted } = await this.limiter.attempt({ email: account.email, ip }, async () => ({
      accepted: await this.hasher.verify(password, account.passwordHash),
    }));
    if (accepted) return account;
    await this.refusals.recordOwn(account.userId, 'password_refused');
    const issue = { path, code: 'wrong', message: identityErrors['identity.wrong_password'].title };
    throw new AppError(identityErrors['identity.wrong_password'], { issues: [issue] });
  }
}
