import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { networkOf } from '#domain/identity/guess-limits.js';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { StrangerLimiter } from '#application/identity/ports/stranger-limiter.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { SystemSql } from '../shared/system-sql.js';

const WINDOW_MS = 15 * 60_000;
const MISSES = 30;

/** Misses by address, in the counters of sign-in. Several at once may pass the limit by a few: nothing is won by it. */
@Injectable()
export class PgStrangerLimiter implements StrangerLimiter {
  constructor(
    private readonly sql: SystemSql,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async assertWelcome(ip: string): Promise<void> {
    const at = this.clock.now();
    const [full] = await this.sql.rows<{ resets_at: Date }>(
      `SELECT resets_at FROM guess_counters WHERE key = $1 AND resets_at > $2 AND hits >= $3`,
      [keyOf(ip), at, MISSES],
    );
    if (!full) return;
    const retryAfterMs = Math.max(1_000, full.resets_at.getTime() - at.getTime());
    throw new AppError(identityErrors['identity.too_many_attempts'], { retryAfterMs });
  }

  async countMiss(ip: string): Promise<void> {
    const at = this.clock.now();
    await this.sql.rows(
      `INSERT INTO guess_counters AS c (key, hits, resets_at) VALUES ($1, 1, $2)
       ON CONFLICT (key) DO UPDATE SET
         hits = CASE WHEN c.resets_at <= $3 THEN 1 ELSE c.hits + 1 END,
         resets_at = CASE WHEN c.resets_at <= $3 THEN excluded.resets_at ELSE c.resets_at END`,
      [keyOf(ip), new Date(at.getTime() + WINDOW_MS), at],
    );
  }
}

const keyOf = (ip: string): Buffer =>
  createHash('sha256')
    .update(`stranger\n${networkOf(ip)}`, 'utf8')
    .digest();
