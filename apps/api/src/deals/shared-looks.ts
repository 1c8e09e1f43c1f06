/** One who looks at a thing again and again, beside others. */
export interface Looker<V> {
  /** The thing as it is now, or was a moment ago, when somebody else looked. */
  look(): Promise<V>;
  leave(): void;
}

interface Watched<V> {
  lookers: number;
  /** When the last look began, in milliseconds of this process. */
  at: number;
  seen: Promise<V> | null;
}

/** Lets all who watch the same thing share their looks at it. */
export class SharedLooks<V> {
  readonly #watched = new Map<string, Watched<V>>();

  /** @param everyMs  how often everybody looks: a look that is younger serves the others, too */
  constructor(private readonly everyMs: number) {}

  /**
   * @param key   what is looked at; the same for all who would see the same
   * @param look  how this one looks, when it is his turn
   */
  join(key: string, look: () => Promise<V>): Looker<V> {
    const watched = this.#watched.get(key) ?? { lookers: 0, at: Number.NEGATIVE_INFINITY, seen: null };
    this.#watched.set(key, watched);
    watched.lookers++;
    return {
      look: () => {
        const now = performance.now();
        // Nobody comes back a moment too early to cause a look, though timers are not exact.
        if (watched.seen && now - watched.at < this.everyMs * 0.9) return watched.seen;
        watched.at = now;
        return (watched.seen = look());
      },
      leave: () => {
        if (--watched.lookers === 0) this.#watched.delete(key);
      },
    };
  }

  /** How many different things are watched. */
  get size(): number {
    return this.#watched.size;
  }
}
