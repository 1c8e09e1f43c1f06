export interface BriefMemoryLimits {
  /** How long an answer is believed, counted from when it was asked for. */
  readonly ms: number;
  readonly maxEntries: number;
}

interface Remembered<V> {
  readonly value: Promise<V>;
  readonly staleAt: number;
}

/** Remembers answers for a moment. Who asks meanwhile shares the question; what failed is forgotten at once. */
export class BriefMemory<V> {
  readonly #answers = new Map<string, Remembered<V>>();

  constructor(
    private readonly limits: BriefMemoryLimits,
    private readonly lookUp: (key: string) => Promise<V>,
  ) {}

  /** @param nowMs the current time, in milliseconds since 1970 */
  get(key: string, nowMs: number): Promise<V> {
    const remembered = this.#answers.get(key);
    if (remembered && remembered.staleAt > nowMs) return remembered.value;
    const value = this.lookUp(key);
    const answer = { value, staleAt: nowMs + this.limits.ms };
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > this.limits.maxEntries) this.#answers.delete(oldest);
    value.catch(() => {
      if (this.#answers.get(key) === answer) this.#answers.delete(key);
    });
    return value;
  }

  /** Ask anew next time; a question that is under way may have the old answer, and is not remembered. */
  forget(key: string): void {
    this.#answers.delete(key);
  }
}
