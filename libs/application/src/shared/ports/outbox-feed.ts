/** An outbox row on its way to the queue. */
export interface OutboxRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: 'job' | 'event';
  readonly name: string;
  readonly payload: object;
  readonly correlationId: string;
  /** When it was stored: microseconds since 1970. */
  readonly storedAtMicros: string;
  /** Milliseconds until it may start. */
  readonly delayMs: number;
}

/** The relay's side of the outbox, across workspaces. */
export interface OutboxFeed {
  /**
   * Claim up to `limit` waiting rows, oldest first, give them to `hand`, and mark those whose ids it answers. Other
   * relays skip claimed rows. When `hand` throws nothing is marked; when the process dies after it, the rows are
   * handed over a second time.
   *
   * @param jobNames  jobs that this process knows; rows of others wait for a process that does (a newer version)
   * @returns how many rows were handed over
   */
  pump(
    limit: number,
    jobNames: readonly string[],
    hand: (rows: readonly OutboxRow[]) => Promise<readonly string[]>,
  ): Promise<number>;
  /** Delete handed rows and idempotency keys older than so many hours. */
  prune(olderThanHours: number): Promise<void>;
  /** Make the partitions of the coming months and drop those past their retention. */
  ensurePartitions(): Promise<void>;
  /** Rows not yet handed over. */
  backlog(): Promise<number>;
}
export const OUTBOX_FEED = Symbol('OutboxFeed');
