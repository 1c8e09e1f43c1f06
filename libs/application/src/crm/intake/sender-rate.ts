export interface SenderRateLimits {
  /** Hooks a second that one sender may go on with. */
  readonly perSecond: number;
  /** Hooks that may come at once after a pause. */
  readonly burst: number;
}

/** So many hooks of a sender were taken. */
export interface SenderTaking {
  readonly sender: string;
  readonly count: number;
}

interface Bucket {
  left: number;
  atMs: number;
  /** Taken here, and not told to the other processes yet. */
  untold: number;
}

// Far more senders than one process meets: only tokens that exist are counted.
const MAX_SENDERS = 10_000;
// Told once it is a tenth of what may come in a second: less does not matter, and most senders never bring it.
const TOLD_PART = 0.1;
// What others take may be owed for so long at the full rate, beyond the burst.
const MAX_DEBT_SECONDS = 10;

/** How many hooks each sender may still bring: counted here, with what other processes tell that they have taken. */
export class SenderRate {
  readonly #buckets = new Map<string, Bucket>();
  #takenAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly limits: SenderRateLimits) {}

  /** When the last hook was taken here, in milliseconds since 1970. */
  get takenAtMs(): number {
    return this.#takenAtMs;
  }

  /**
   * Take one hook's turn.
   *
   * @param nowMs the current time, in milliseconds since 1970
   * @returns 0, or after how many milliseconds there is one
   */
  take(sender: string, nowMs: number): number {
    const { perSecond } = this.limits;
    const bucket = this.filled(sender, nowMs);
    if (bucket.left < 1) return Math.ceil(((1 - bucket.left) / perSecond) * 1_000);
    bucket.left--;
    bucket.untold++;
    this.#takenAtMs = nowMs;
    return 0;
  }

  /** Other processes have taken so many hooks of a sender: they are owed, should there not be as many left. */
  takenElsewhere({ sender, count }: SenderTaking, nowMs: number): void {
    const { perSecond, burst } = this.limits;
    const bucket = this.filled(sender, nowMs);
    bucket.left = Math.max(bucket.left - count, -burst - perSecond * MAX_DEBT_SECONDS);
  }

  /** What the other processes have to be told; counted as told from now on. */
  tell(): readonly SenderTaking[] {
    const least = this.limits.perSecond * TOLD_PART;
    const takings: SenderTaking[] = [];
    for (const [sender, bucket] of this.#buckets) {
      if (bucket.untold === 0 || bucket.untold < least) continue;
      takings.push({ sender, count: bucket.untold });
      bucket.untold = 0;
    }
    return takings;
  }

  /** The others did not hear it: it is to be told again. */
  untell(takings: readonly SenderTaking[]): void {
    for (const { sender, count } of takings) {
      const bucket = this.#buckets.get(sender);
      if (bucket) bucket.untold += count;
    }
  }

  private filled(sender: string, nowMs: number): Bucket {
    const { perSecond, burst } = this.limits;
    const bucket = this.#buckets.get(sender) ?? this.open(sender, nowMs);
    // A clock that was put back gives nothing, and takes nothing.
    const passedMs = Math.max(0, nowMs - bucket.atMs);
    bucket.left = Math.min(burst, bucket.left + (passedMs * perSecond) / 1_000);
    bucket.atMs = nowMs;
    return bucket;
  }

  private open(sender: string, atMs: number): Bucket {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined && this.#buckets.size >= MAX_SENDERS) this.#buckets.delete(oldest);
    const bucket = { left: this.limits.burst, atMs, untold: 0 };
    this.#buckets.set(sender, bucket);
    return bucket;
  }
}
