import type { UserId } from '#domain/shared/ids.js';

/** A person's second factor as it is stored. */
export interface StoredFactor {
  /** Sealed for the person, see `factorPlace`. */
  readonly sealedSecret: string;
  /** When it was proposed: tells it from one that took its place. */
  readonly createdAt: Date;
  /** Null until the first code proved that the person has it; it is asked for from then on. */
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
}

/** A factor that waits for its confirmation, and the time step of the code that was right for it. */
export interface ProvenFactor {
  readonly step: number;
  readonly createdAt: Date;
}

/** What the sealed secret of a person is bound to. */
export const factorPlace = (userId: UserId): string => `totp:${userId}`;

/** Second factors, changed in the open transaction by the person himself; `remove` by colleagues, too. */
export interface SecondFactors {
  /** Store a secret that is still to be confirmed, in place of an earlier one; false when one is confirmed. */
  propose(userId: UserId, sealedSecret: string, at: Date): Promise<boolean>;
  /** Put the factor in force that was proposed then, its code of `step` used up; false when it is not waiting any more. */
  confirm(userId: UserId, proven: ProvenFactor, at: Date): Promise<boolean>;
  /** Make these the only recovery codes; hex SHA-256. */
  replaceRecoveryCodes(userId: UserId, hashes: readonly string[]): Promise<void>;
  /** Forget the factor with its recovery codes; false when there is none in force. */
  remove(userId: UserId): Promise<boolean>;
}
export const SECOND_FACTORS = Symbol('SecondFactors');

/** What sign-in reads and uses up before anybody is signed in. Each call is a transaction of its own. */
export interface FactorSecrets {
  find(userId: UserId): Promise<StoredFactor | null>;
  /**
   * Use the code of a time step up, and store the secret as it was sealed just now: keys are rotated.
   *
   * @returns false when the code, or one of a later step, was used before
   */
  spendStep(userId: UserId, step: number, sealedAnew: string): Promise<boolean>;
  /** Use a recovery code up; false when there is none with this hash, or it was used before. */
  spendRecoveryCode(userId: UserId, hash: string, at: Date): Promise<boolean>;
}
export const FACTOR_SECRETS = Symbol('FactorSecrets');
