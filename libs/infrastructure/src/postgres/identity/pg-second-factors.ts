import { Injectable } from '@nestjs/common';
import type { UserId } from '#domain/shared/ids.js';
import type { ProvenFactor, SecondFactors } from '#application/identity/ports/second-factors.js';
import { currentSession } from '../shared/session.js';

@Injectable()
export class PgSecondFactors implements SecondFactors {
  async propose(userId: UserId, sealedSecret: string, at: Date): Promise<boolean> {
    // Not by `excluded`: that would read the secret, which only sign-in may.
    const written = await currentSession().affected(
      `INSERT INTO second_factors AS f (user_id, sealed_secret, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET sealed_secret = $2, created_at = $3
       WHERE f.confirmed_at IS NULL`,
      [userId, sealedSecret, at],
    );
    return written === 1;
  }

  async confirm(userId: UserId, { step, createdAt }: ProvenFactor, at: Date): Promise<boolean> {
    const written = await currentSession().affected(
      `UPDATE second_factors SET confirmed_at = $3, last_step = $2
       WHERE user_id = $1 AND confirmed_at IS NULL AND created_at = $4`,
      [userId, step, at, createdAt],
    );
    return written === 1;
  }

  async replaceRecoveryCodes(userId: UserId, hashes: readonly string[]): Promise<void> {
    await currentSession().affected(`DELETE FROM recovery_codes WHERE user_id = $1`, [userId]);
    await currentSession().affected(
      `INSERT INTO recovery_codes (user_id, hash) SELECT $1, decode(hash, 'hex') FROM unnest($2::text[]) AS c (hash)`,
      [userId, hashes],
    );
  }

  async remove(userId: UserId): Promise<boolean> {
    const removed = await currentSession().affected(
      `DELETE FROM second_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL`,
      [userId],
    );
    return removed === 1;
  }
}
