export interface MicroBatchLimits {
  /** How long the first item of a batch waits for company, in milliseconds. */
  readonly lingerMs: number;
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Batches that are stored at the same time. */
  readonly maxParallel: number;
  /** Bytes that may wait or be on their way at once. */
  readonly maxBacklogBytes: number;
}

interface Waiting<T> {
  readonly item: T;
  readonly sizeBytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores what arrives at the same moment in one go. Every waiter is answered after its own batch was stored, or with
 * the error that kept it from being.
 */
export class MicroBatch<T> {
  readonly #waiting: Waiting<T>[] = [];
  #waitingBytes = 0;
  #backlogBytes = 0;
  #parallel = 0;
  #lingering = false;
  // The first of the waiting has waited for long enough, but all ways to the store were taken.
  #due = false;

  constructor(
    private readonly limits: MicroBatchLimits,
    private readonly store: (items: readonly T[]) => Promise<void>,
  ) {}

  /** False while so much waits that another item of this size would burst the memory that it may take. */
  hasRoomFor(sizeBytes: number): boolean {
    return this.#backlogBytes + sizeBytes <= this.limits.maxBacklogBytes;
  }

  /** Resolves once the item is stored. */
  add(item: T, sizeBytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, sizeBytes, resolve, reject });
      this.#waitingBytes += sizeBytes;
      this.#backlogBytes += sizeBytes;
      this.flush();
    });
  }

  private isFull(): boolean {
    return this.#waiting.length >= this.limits.maxItems || this.#waitingBytes >= this.limits.maxBytes;
  }

  private flush(): void {
    while (this.#parallel < this.limits.maxParallel && (this.isFull() || this.#due) && this.#waiting.length > 0) {
      void this.storeBatch(this.take());
    }
    if (this.#waiting.length === 0) this.#due = false;
    else if (!this.#due && !this.#lingering) this.linger();
  }

  private linger(): void {
    this.#lingering = true;
    setTimeout(() => {
      this.#lingering = false;
      this.#due = true;
      this.flush();
    }, this.limits.lingerMs);
  }

  private take(): Waiting<T>[] {
    let bytes = 0;
    let count = 0;
    for (const { sizeBytes } of this.#waiting) {
      if (count > 0 && (count >= this.limits.maxItems || bytes + sizeBytes > this.limits.maxBytes)) break;
      bytes += sizeBytes;
      count++;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }

  // Never rejects: what goes wrong is told to those who wait.
  private async storeBatch(batch: readonly Waiting<T>[]): Promise<void> {
    this.#parallel++;
    try {
      await this.store(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#parallel--;
      for (const { sizeBytes } of batch) this.#backlogBytes -= sizeBytes;
      this.flush();
    }
  }
}
