import { Injectable } from '@nestjs/common';
import type { UserId } from '#domain/shared/ids.js';
import type { FactorSecrets, StoredFactor } from '#application/identity/ports/second-factors.js';
import { SystemSql } from '../shared/system-sql.js';

/** Second factors as sign-in needs them, as the system: no workspace is entered yet. */
@Injectable()
export class PgFactorSecrets implements FactorSecrets {
  constructor(private readonly sql: SystemSql) {}

  async find(userId: UserId): Promise<StoredFactor | null> {
    const [row] = await this.sql.rows<StoredFactor>(
      `SELECT f.sealed_secret AS "sealedSecret", f.confirmed_at AS "confirmedAt", f.created_at AS "createdAt",
         (SELECT count(*)::int FROM recovery_codes c WHERE c.user_id = f.user_id AND c.used_at IS NULL) AS "recoveryCodesLeft"
       FROM second_factors f WHERE f.user_id = $1`,
      [userId],
    );
    return row ?? null;
  }

  // One statement: of two requests with one code, the row lock lets one through.
  async spendStep(userId: UserId, step: number, sealedAnew: string): Promise<boolean> {
    const rows = await this.sql.rows(
      `UPDATE second_factors SET last_step = $2, sealed_secret = $3
       WHERE user_id = $1 AND last_step < $2 AND confirmed_at IS NOT NULL RETURNING user_id`,
      [userId, step, sealedAnew],
    );
    return rows.length === 1;
  }

  async spendRecoveryCode(userId: UserId, hash: string, at: Date): Promise<boolean> {
    const rows = await this.sql.rows(
      `UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND hash = decode($2, 'hex') AND used_at IS NULL RETURNING user_id`,
      [userId, hash, at],
    );
    return rows.length === 1;
  }
}
