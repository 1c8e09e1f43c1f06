export interface MicroBatchLimits {
  /** How long the first item of a batch waits for company, in milliseconds. */
  readonly lingerMs: number;
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Batches that are stored at the same time. */
  readonly maxParallel: number;
  /** Bytes that may wait or be on their way at once. */
  readonly maxBacklogBytes: number;
  /** Of these, so many of one sender. */
  readonly maxSenderBytes: number;
}

interface Waiting<T> {
  readonly item: T;
  readonly sender: string;
  readonly sizeBytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores what arrives at the same moment in one go. Senders take turns: one that sends thousands does not keep the
 * others waiting. Every waiter is answered after its own batch was stored, or with the error that kept it from being.
 */
export class MicroBatch<T> {
  // Who is next comes first.
  readonly #queues = new Map<string, Waiting<T>[]>();
  readonly #senderBytes = new Map<string, number>();
  #waitingItems = 0;
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

  /** Bytes that wait or are on their way. */
  get backlogBytes(): number {
    return this.#backlogBytes;
  }

  /** False while so much waits, of all or of this sender, that another item would burst the memory that it may take. */
  hasRoomFor(sizeBytes: number, sender: string): boolean {
    const ofSender = this.#senderBytes.get(sender) ?? 0;
    return (
      this.#backlogBytes + sizeBytes <= this.limits.maxBacklogBytes &&
      ofSender + sizeBytes <= this.limits.maxSenderBytes
    );
  }

  /** Resolves once the item is stored. */
  add(item: T, sizeBytes: number, sender: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(sender);
      const waiting = { item, sender, sizeBytes, resolve, reject };
      if (queue) queue.push(waiting);
      else this.#queues.set(sender, [waiting]);
      this.#waitingItems++;
      this.#waitingBytes += sizeBytes;
      this.count(sender, sizeBytes);
      this.flush();
    });
  }

  private count(sender: string, bytes: number): void {
    this.#backlogBytes += bytes;
    const ofSender = (this.#senderBytes.get(sender) ?? 0) + bytes;
    if (ofSender > 0) this.#senderBytes.set(sender, ofSender);
    else this.#senderBytes.delete(sender);
  }

  private isFull(): boolean {
    return this.#waitingItems >= this.limits.maxItems || this.#waitingBytes >= this.limits.maxBytes;
  }

  private flush(): void {
    while (this.#parallel < this.limits.maxParallel && (this.isFull() || this.#due) && this.#waitingItems > 0) {
      void this.storeBatch(this.take());
    }
    if (this.#waitingItems === 0) this.#due = false;
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

  /** One of each sender in turn, until the batch is full. */
  private take(): readonly Waiting<T>[] {
    const taken: Waiting<T>[] = [];
    let bytes = 0;
    // A sender that has more goes to the end of the map, and comes round again.
    for (const [sender, queue] of this.#queues) {
      const next = queue[0];
      if (!next || taken.length >= this.limits.maxItems) break;
      if (taken.length > 0 && bytes + next.sizeBytes > this.limits.maxBytes) break;
      taken.push(next);
      bytes += next.sizeBytes;
      queue.shift();
      this.#queues.delete(sender);
      if (queue.length > 0) this.#queues.set(sender, queue);
    }
    this.#waitingItems -= taken.length;
    this.#waitingBytes -= bytes;
    return taken;
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
      for (const { sender, sizeBytes } of batch) this.count(sender, -sizeBytes);
      this.flush();
    }
  }
}
