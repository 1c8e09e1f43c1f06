/** Runs work under one key one after the other; work under different keys runs side by side. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key);
    const { promise: tail, resolve: done } = withResolver();
    this.#tails.set(key, tail);
    try {
      await before;
      return await work();
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
      done();
    }
  }

  /** Keys under which work waits or runs. */
  get size(): number {
    return this.#tails.size;
  }
}

const withResolver = (): { promise: Promise<void>; resolve: () => void } => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
};
