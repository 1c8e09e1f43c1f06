import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { type Lease, leased } from './connections.js';

const LOOKS = 4;
const PAUSE_MS = 10;
/** How long a replica that failed is left alone, in milliseconds. */
const REST_MS = 5_000;

interface Replica {
  readonly source: DataSource;
  restsUntil: number;
}

/**
 * Streaming replicas for reading. A replica is used only when it has everything that the primary had when the read
 * began, so that whoever has just written, through whichever process, reads it. One that lags is waited for some
 * milliseconds; then the primary reads.
 */
export class ReadReplicas {
  readonly #replicas: readonly Replica[];
  #next = 0;

  /** @param sources  pools of the replicas, not yet connected: one that is away must not keep a process from starting */
  constructor(
    private readonly primary: DataSource,
    sources: readonly DataSource[],
  ) {
    this.#replicas = sources.map((source) => ({ source, restsUntil: 0 }));
  }

  /** Whether there are replicas at all. */
  get areThere(): boolean {
    return this.#replicas.length > 0;
  }

  /** A connection to a replica that has caught up, to be released by the caller; null when the primary must read. */
  async caughtUp(): Promise<Lease | null> {
    const replica = this.pick();
    if (!replica) return null;
    // The insert position: with asynchronous commits the written one lags behind what callers were told.
    const [position] = await this.primary.query<{ lsn: string }[]>('SELECT pg_current_wal_insert_lsn()::text AS lsn');
    let held: Lease | undefined;
    try {
      if (!replica.source.isInitialized) await replica.source.initialize();
      held = await leased(replica.source);
      if (await hasReached(held, position?.lsn ?? '')) return held;
    } catch {
      // Away or restarting: the primary has the answer, too.
      replica.restsUntil = performance.now() + REST_MS;
    }
    held?.release();
    return null;
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map(({ source }) => (source.isInitialized ? source.destroy() : undefined)));
  }

  private pick(): Replica | undefined {
    const rested = this.#replicas.filter(({ restsUntil }) => performance.now() >= restsUntil);
    return rested[this.#next++ % Math.max(1, rested.length)];
  }
}

const hasReached = async ({ client }: Lease, lsn: string): Promise<boolean> => {
  for (let look = 1; ; look++) {
    const { rows } = await client.query<{ reached: boolean | null }>(
      'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS reached',
      [lsn],
    );
    if (rows[0]?.reached === true) return true;
    if (look === LOOKS) return false;
    await delay(PAUSE_MS);
  }
};
