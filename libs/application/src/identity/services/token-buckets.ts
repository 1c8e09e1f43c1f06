export interface BucketLimits {
  readonly perSecond: number;
  /** How many may come at once after a pause. */
  readonly burst: number;
}

interface Bucket {
  left: number;
  atMs: number;
}

/** Counts what callers may still do, in this process; the bucket that was opened first goes when there are too many. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly maxBuckets: number) {}

  /**
   * Take a turn.
   *
   * @param nowMs the current time, in milliseconds since 1970
   * @returns 0, or after how many milliseconds there is one
   */
  take(key: string, { perSecond, burst }: BucketLimits, nowMs: number): number {
    const bucket = this.#buckets.get(key) ?? this.open(key, burst, nowMs);
    // A clock that was put back gives nothing, and takes nothing.
    const passedMs = Math.max(0, nowMs - bucket.atMs);
    bucket.left = Math.min(burst, bucket.left + (passedMs * perSecond) / 1_000);
    bucket.atMs = nowMs;
    if (bucket.left < 1) return Math.ceil(((1 - bucket.left) / perSecond) * 1_000);
    bucket.left--;
    return 0;
  }

  /** Undo a turn that was taken. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket) bucket.left++;
  }

  private open(key: string, burst: number, atMs: number): Bucket {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined && this.#buckets.size >= this.maxBuckets) this.#buckets.delete(oldest);
    const bucket = { left: burst, atMs };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
