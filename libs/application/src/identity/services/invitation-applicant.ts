import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type UserId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { IDS, type Ids } from '../../shared/ports/ids.js';
import type { NewAccount } from '../ports/accounts.js';
import { GUESS_LIMITER, type GuessLimiter } from '../ports/guess-limiter.js';
import type { FoundInvitation } from '../ports/invitations.js';
import { PASSWORD_HASHER, type PasswordHasher } from '../ports/password-hasher.js';
import { SIGN_IN_DIRECTORY, type SignInAccount, type SignInDirectory } from '../ports/sign-in-directory.js';
import { RefusalLog } from './refusal-log.js';
import { PasswordRules } from './password-rules.js';

/** Whoever accepts: somebody with an account, or with one that is still to be made. */
export type Applicant =
  { readonly kind: 'known'; readonly userId: UserId; readonly email: string } | ({ readonly kind: 'new' } & NewAccount);

/** Finds out who accepts an invitation without being signed in. */
@Injectable()
export class InvitationApplicant {
  constructor(
    private readonly context: CurrentContext,
    private readonly rules: PasswordRules,
    private readonly refusals: RefusalLog,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(PASSWORD_HASHER) private readonly hasher: PasswordHasher,
    @Inject(GUESS_LIMITER) private readonly limiter: GuessLimiter,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws AppError for a wrong or weak password, a missing name, too many attempts */
  async prove(
    { email, name: givenName, workspaceName }: FoundInvitation,
    { name = givenName ?? undefined, password }: { readonly name?: string; readonly password: string },
  ): Promise<Applicant> {
    const account = await this.directory.findByEmail(email);
    if (account) return this.proveKnown(account, password);
    if (name === undefined) {
      const issue = { path: 'name', code: 'required', message: 'name must be given: nobody has told it yet' };
      throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
    }
    await this.rules.assertGood(password, { email, name, companies: [workspaceName] });
    const passwordHash = await this.hasher.hash(password);
    return { kind: 'new', userId: asId<UserId>(this.ids.next()), email, name, passwordHash };
  }

  // The link came by mail, but an account is opened by its password: a mailbox may be read by others.
  private async proveKnown(account: SignInAccount, password: string): Promise<Applicant> {
    const { userId, email, passwordHash } = account;
    const ip = this.context.get().ip ?? 'unknown';
    const { accepted } = await this.limiter.attempt({ email, ip }, async () => ({
      accepted: await this.hasher.verify(password, passwordHash),
    }));
    if (!accepted) {
      await this.refusals.record(email, account, 'refused');
      throw new AppError(identityErrors['identity.invalid_credentials']);
    }
    return { kind: 'known', userId, email };
  }
}
