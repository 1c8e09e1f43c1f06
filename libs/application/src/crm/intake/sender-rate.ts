export interface SenderRateLimits {
  /** Hooks a second that one sender may go on with. */
  readonly perSecond: number;
  /** Hooks that may come at once after a pause. */
  readonly burst: number;
}

interface Bucket {
  left: number;
  atMs: number;
}

// Far more senders than one process meets: only tokens that exist are counted.
const MAX_SENDERS = 10_000;

/** How many hooks each sender may still bring, in this process. */
export class SenderRate {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly limits: SenderRateLimits) {}

  /**
   * Take one hook's turn.
   *
   * @param nowMs the current time, in milliseconds since 1970
   * @returns 0, or after how many milliseconds there is one
   */
  take(sender: string, nowMs: number): number {
    const { perSecond, burst } = this.limits;
    const bucket = this.#buckets.get(sender) ?? this.open(sender, nowMs);
    // A clock that was put back gives nothing, and takes nothing.
    const passedMs = Math.max(0, nowMs - bucket.atMs);
    bucket.left = Math.min(burst, bucket.left + (passedMs * perSecond) / 1_000);
    bucket.atMs = nowMs;
    if (bucket.left < 1) return Math.ceil(((1 - bucket.left) / perSecond) * 1_000);
    bucket.left--;
    return 0;
  }

  private open(sender: string, atMs: number): Bucket {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined && this.#buckets.size >= MAX_SENDERS) this.#buckets.delete(oldest);
    const bucket = { left: this.limits.burst, atMs };
    this.#buckets.set(sender, bucket);
    return bucket;
  }
}
