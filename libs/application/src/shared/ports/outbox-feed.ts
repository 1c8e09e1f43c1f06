/** An outbox row on its way to the queue. */
export interface OutboxRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: 'job' | 'event';
  readonly name: string;
  readonly payload: object;
  readonly correlationId: string;
  /** Milliseconds until it may start. */
  readonly delayMs: number;
}

/** The relay's side of the outbox, across workspaces. */
export interface OutboxFeed {
  /**
   * Claim up to `limit` waiting rows, oldest first, give them to `hand`, and mark them once it has returned. Other
   * relays skip claimed rows. When `hand` fails nothing is marked; when the process dies after it, the rows are
   * handed over a second time.
   * @returns how many rows were handed over
   */
  pump(limit: number, hand: (rows: readonly OutboxRow[]) => Promise<void>): Promise<number>;
  /** Delete handed rows and idempotency keys older than so many hours. */
  prune(olderThanHours: number): Promise<void>;
  /** Rows not yet handed over. */
  backlog(): Promise<number>;
}
export const OUTBOX_FEED = Symbol('OutboxFeed');
