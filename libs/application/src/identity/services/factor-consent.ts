import { Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId } from '#domain/shared/ids.js';
import { codeWrong } from './code-wrong.js';
import { FactorCheck, type FactorProof } from './factor-check.js';
import { RefusalLog } from './refusal-log.js';
import { OwnAccount } from './own-account.js';

/** What is asked of a person before his second factor is touched: the password and the factor itself. */
export interface FactorConsentInput {
  readonly password: string;
  readonly proof: FactorProof;
}

/** Asks for both again. */
@Injectable()
export class FactorConsent {
  constructor(
    private readonly account: OwnAccount,
    private readonly factors: FactorCheck,
    private readonly refusals: RefusalLog,
  ) {}

  /**
   * @returns the person, who has a second factor
   * @throws AppError `identity.totp_inactive`, `identity.wrong_password`, `identity.code_wrong`, `identity.too_many_attempts`
   */
  async ask({ password, proof }: FactorConsentInput): Promise<UserId> {
    const { userId, email, hasSecondFactor } = await this.account.confirm(password, 'password');
    if (!hasSecondFactor) throw new AppError(identityErrors['identity.totp_inactive']);
    const isGood = await this.factors.isGood(userId, email, proof);
    if (!isGood) {
      await this.refusals.recordOwn(userId, 'second_factor_refused');
      throw codeWrong('code' in proof ? 'code' : 'recoveryCode');
    }
    return userId;
  }
}
