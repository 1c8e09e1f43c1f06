import { Inject, Injectable } from '@nestjs/common';
import { RECOVERY_CODES, recoveryCodeKey, recoveryCodeOf } from '#domain/identity/recovery-codes.js';
import type { UserId } from '#domain/shared/ids.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../ports/refresh-secrets.js';
import { SECOND_FACTORS, type SecondFactors } from '../ports/second-factors.js';

/** Makes recovery codes. */
@Injectable()
export class RecoveryCodeMaker {
  constructor(
    @Inject(SECOND_FACTORS) private readonly factors: SecondFactors,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
  ) {}

  /** Replace the person's codes, in the open transaction. The answer is the only place where the new ones are. */
  async replace(userId: UserId): Promise<readonly string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCodeOf(this.secrets.make().hash));
    const hashes = codes.map((code) => this.secrets.hashOf(recoveryCodeKey(userId, code)));
    await this.factors.replaceRecoveryCodes(userId, hashes);
    return codes;
  }
}
