import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import type { Role } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { GUESS_LIMITER, type GuessLimiter } from '../ports/guess-limiter.js';
import { PASSWORD_HASHER, type PasswordHasher } from '../ports/password-hasher.js';
import { SIGN_IN_DIRECTORY, type SignInAccount, type SignInDirectory } from '../ports/sign-in-directory.js';
import { RefusalLog } from './refusal-log.js';

/** Somebody who has proved who they are and may come in. */
export interface Welcome {
  readonly userId: UserId;
  readonly email: string;
  readonly workspaceId: WorkspaceId;
  readonly role: Role;
}

/** Somebody whose password was right. */
export interface PasswordPassed extends Welcome {
  /** True when a code of the second factor is asked for, too. */
  readonly hasSecondFactor: boolean;
  /** Of the password that was right. */
  readonly passwordVersion: number;
}

type Verdict =
  | { readonly accepted: true; readonly welcome: PasswordPassed }
  | { readonly accepted: false; readonly account: SignInAccount | null };

/** Checks e-mail and password. Neither the answer nor the time it takes tells whether an account exists. */
@Injectable()
export class CredentialCheck {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(PASSWORD_HASHER) private readonly hasher: PasswordHasher,
    @Inject(GUESS_LIMITER) private readonly limiter: GuessLimiter,
    private readonly refusals: RefusalLog,
  ) {}

  /**
   * @throws AppError `identity.invalid_credentials` for an unknown e-mail, a wrong password, a deactivated user and one without a workspace alike
   * @throws AppError `identity.too_many_attempts` when there were too many wrong ones
   */
  async check(email: string, password: string): Promise<PasswordPassed> {
    // Without an address all such callers share one counter.
    const ip = this.context.get().ip ?? 'unknown';
    const verdict = await this.limiter.attempt({ email, ip }, () => this.judge(email, password));
    if (verdict.accepted) return verdict.welcome;
    await this.refusals.record(email, verdict.account, 'refused');
    throw new AppError(identityErrors['identity.invalid_credentials']);
  }

  private async judge(email: string, password: string): Promise<Verdict> {
    const account = await this.directory.findByEmail(email);
    const matches = await this.hasher.verify(password, account?.passwordHash ?? null);
    if (!account?.membership || !account.isActive || !matches) return { accepted: false, account };
    const { userId, email: address, hasSecondFactor, passwordVersion, membership } = account;
    return { accepted: true, welcome: { userId, email: address, hasSecondFactor, passwordVersion, ...membership } };
  }
}
