import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import {
  formFaultOf,
  MIN_GUESSES_LOG10,
  normalisePassword,
  type PasswordFault,
  type PasswordOwner,
  personalWords,
} from '#domain/identity/password-rules.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { passwordFaultText } from '../i18n/texts.js';
import { PASSWORD_STRENGTH, type PasswordStrength } from '../ports/password-strength.js';

/** Decides whether a password may be set: by how hard it is to guess, not by which characters it has. */
@Injectable()
export class PasswordRules {
  constructor(
    private readonly context: CurrentContext,
    @Inject(PASSWORD_STRENGTH) private readonly strength: PasswordStrength,
  ) {}

  /**
   * Refuse a weak password.
   *
   * @param path  the field of the request that carries it
   * @throws AppError `identity.password_weak`; its one issue has a `PasswordFault` as code and the reader's language
   */
  async assertGood(password: string, owner: PasswordOwner, path = 'password'): Promise<void> {
    const fault = formFaultOf(password) ?? (await this.weaknessOf(password, owner));
    if (fault === null) return;
    const message = passwordFaultText(fault, this.context.get().language);
    throw new AppError(identityErrors['identity.password_weak'], { issues: [{ path, code: fault, message }] });
  }

  private async weaknessOf(password: string, owner: PasswordOwner): Promise<PasswordFault | null> {
    const { guessesLog10, weakness } = await this.strength.estimate(normalisePassword(password), personalWords(owner));
    return guessesLog10 < MIN_GUESSES_LOG10 ? weakness : null;
  }
}
