import { Inject, Injectable } from '@nestjs/common';
import { recoveryCodeKey } from '#domain/identity/recovery-codes.js';
import type { UserId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { SECRET_BOX, type SecretBox } from '../../shared/ports/secret-box.js';
import { GUESS_LIMITER, type GuessLimiter } from '../ports/guess-limiter.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../ports/refresh-secrets.js';
import { FACTOR_SECRETS, factorPlace, type FactorSecrets, type ProvenFactor } from '../ports/second-factors.js';
import { TOTP_CODES, type TotpCodes } from '../ports/totp-codes.js';

/** What a person shows as second factor: the code of the app, or one of the codes on paper. */
export type FactorProof = { readonly code: string } | { readonly recoveryCode: string };

/** Checks second factors and uses up what was shown. Wrong ones are counted, by account and address. */
@Injectable()
export class FactorCheck {
  constructor(
    private readonly context: CurrentContext,
    @Inject(FACTOR_SECRETS) private readonly factors: FactorSecrets,
    @Inject(TOTP_CODES) private readonly codes: TotpCodes,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(GUESS_LIMITER) private readonly limiter: GuessLimiter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * True when the proof is good; it will not be a second time.
   *
   * @throws AppError `identity.too_many_attempts`
   */
  async isGood(userId: UserId, email: string, proof: FactorProof): Promise<boolean> {
    const { accepted } = await this.limited(email, async () => ({ accepted: await this.spend(userId, proof) }));
    return accepted;
  }

  /**
   * A factor that is still to be confirmed, with the time step of its first code; null when that is wrong, or none waits.
   *
   * @throws AppError `identity.too_many_attempts`
   */
  async firstStep(userId: UserId, email: string, code: string): Promise<ProvenFactor | null> {
    const { proven } = await this.limited(email, async () => {
      const factor = await this.factors.find(userId);
      if (!factor || factor.confirmedAt) return { accepted: false, proven: null };
      const secret = this.box.open(factor.sealedSecret, factorPlace(userId));
      const step = this.codes.stepOf(secret, code, this.clock.now());
      return { accepted: step !== null, proven: step === null ? null : { step, createdAt: factor.createdAt } };
    });
    return proven;
  }

  private limited<T extends { readonly accepted: boolean }>(email: string, verify: () => Promise<T>): Promise<T> {
    const ip = this.context.get().ip ?? 'unknown';
    return this.limiter.attempt({ email, ip, what: 'second_factor' }, verify);
  }

  private async spend(userId: UserId, proof: FactorProof): Promise<boolean> {
    if ('recoveryCode' in proof) {
      const hash = this.secrets.hashOf(recoveryCodeKey(userId, proof.recoveryCode));
      return this.factors.spendRecoveryCode(userId, hash, this.clock.now());
    }
    const factor = await this.factors.find(userId);
    if (!factor?.confirmedAt) return false;
    const secret = this.box.open(factor.sealedSecret, factorPlace(userId));
    const step = this.codes.stepOf(secret, proof.code, this.clock.now());
    if (step === null) return false;
    return this.factors.spendStep(userId, step, this.box.seal(secret, factorPlace(userId)));
  }
}
