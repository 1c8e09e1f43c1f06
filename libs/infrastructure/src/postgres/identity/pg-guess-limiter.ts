import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type GuessAttempt,
  type GuessBucket,
  guessBuckets,
  pairKey,
  USUAL_FOR_MS,
  usualAddressKey,
} from '#domain/identity/guess-limits.js';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { GuessLimiter } from '#application/identity/ports/guess-limiter.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import type { SqlSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';
import { KeyedQueue } from './keyed-queue.js';

interface CounterRow {
  readonly key: Buffer;
  readonly hits: number;
  readonly resets_at: Date;
}

/**
 * Counters in Postgres, shared by all processes. An attempt is counted before the password is looked at and taken back
 * when it was right, so that parallel guesses cannot slip through between look and count. Attempts of one account from
 * one address take turns in a process: many right ones at once are not mistaken for guesses.
 */
@Injectable()
export class PgGuessLimiter implements GuessLimiter {
  private readonly turns = new KeyedQueue();

  constructor(
    private readonly system: SystemSql,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  attempt<T extends { readonly accepted: boolean }>(who: GuessAttempt, verify: () => Promise<T>): Promise<T> {
    return this.turns.run(pairKey(who), async () => {
      const counted = await this.enter(who);
      let result: T;
      try {
        result = await verify();
      } catch (error) {
        await this.takeBack(counted);
        throw error;
      }
      if (result.accepted) await this.welcome(who, counted);
      return result;
    });
  }

  async count(bucket: GuessBucket): Promise<boolean> {
    try {
      await this.system.transact((sql) => countIn(sql, [bucket], this.clock.now()));
      return true;
    } catch (error) {
      if (AppError.is(error, identityErrors['identity.too_many_attempts'])) return false;
      throw error;
    }
  }

  trust(who: GuessAttempt): Promise<void> {
    return this.welcome(who, [hashOf(pairKey(who))]);
  }

  /** Count the attempt in all its buckets or, when one is full, in none. */
  private enter(who: GuessAttempt): Promise<readonly Buffer[]> {
    return this.system.transact(async (sql) => {
      const at = this.clock.now();
      const usual = await sql.first(`SELECT FROM usual_addresses WHERE key = $1 AND expires_at > $2`, [
        hashOf(usualAddressKey(who)),
        at,
      ]);
      return countIn(sql, guessBuckets(who, usual !== undefined), at);
    });
  }

  private takeBack(counted: readonly Buffer[]): Promise<void> {
    return this.system.transact((sql) => subtract(sql, counted, null));
  }

  private welcome(who: GuessAttempt, counted: readonly Buffer[]): Promise<void> {
    return this.system.transact(async (sql) => {
      await subtract(sql, counted, hashOf(pairKey(who)));
      await sql.affected(
        `INSERT INTO usual_addresses (key, expires_at) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at`,
        [hashOf(usualAddressKey(who)), new Date(this.clock.now().getTime() + USUAL_FOR_MS)],
      );
    });
  }
}

/** Count in all of `wanted` or, by throwing inside the transaction, in none. @returns the hashed keys */
const countIn = async (sql: SqlSession, wanted: readonly GuessBucket[], at: Date): Promise<readonly Buffer[]> => {
  const buckets = wanted.map(({ key, ...rules }) => ({ key: hashOf(key), ...rules }));
  // In the order of the keys, as everywhere here: two attempts then wait for each other instead of deadlocking.
  const counters = await sql.rows<CounterRow>(
    `INSERT INTO guess_counters AS c (key, hits, resets_at)
     SELECT b.key, 1, b.resets_at FROM unnest($1::bytea[], $2::timestamptz[]) AS b (key, resets_at) ORDER BY b.key
     ON CONFLICT (key) DO UPDATE SET
       hits = CASE WHEN c.resets_at <= $3 THEN 1 ELSE c.hits + 1 END,
       resets_at = CASE WHEN c.resets_at <= $3 THEN excluded.resets_at ELSE c.resets_at END
     RETURNING key, hits, resets_at`,
    [buckets.map(({ key }) => key), buckets.map(({ windowMs }) => new Date(at.getTime() + windowMs)), at],
  );
  const full = counters.filter(
    ({ key, hits }) => hits > (buckets.find((bucket) => bucket.key.equals(key))?.limit ?? 0),
  );
  if (full.length > 0) throw tooMany(full, at);
  return buckets.map(({ key }) => key);
};

/** Take one attempt off `counted`, and all attempts off `cleared`. */
const subtract = async (sql: SqlSession, counted: readonly Buffer[], cleared: Buffer | null): Promise<void> => {
  await sql.affected(
    `WITH held AS MATERIALIZED (SELECT key FROM guess_counters WHERE key = ANY ($1::bytea[]) ORDER BY key FOR UPDATE)
     UPDATE guess_counters c SET hits = CASE WHEN c.key = $2 THEN 0 ELSE greatest(c.hits - 1, 0) END
     FROM held WHERE c.key = held.key`,
    [counted, cleared],
  );
};

const tooMany = (full: readonly CounterRow[], at: Date): AppError => {
  const freeAt = Math.max(...full.map(({ resets_at }) => resets_at.getTime()));
  return new AppError(identityErrors['identity.too_many_attempts'], {
    retryAfterMs: Math.max(1_000, freeAt - at.getTime()),
  });
};

const hashOf = (key: string): Buffer => createHash('sha256').update(key, 'utf8').digest();
