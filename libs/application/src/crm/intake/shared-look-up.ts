export interface SharedLookUpLimits {
  /** How long a question waits for others, in milliseconds. */
  readonly gatherMs: number;
  /** Keys of one query. */
  readonly maxHashes: number;
  readonly maxWaiting: number;
}

/** More is asked for than can be answered. */
export class LookUpFull extends Error {
  constructor() {
    super('Too many look-ups are waiting');
  }
}

interface Question<V> {
  readonly answer: Promise<V | null>;
  readonly resolve: (value: V | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Answers many questions with one query at a time: the number of queries does not grow with that of the questions. */
export class SharedLookUp<V> {
  readonly #urgent = new Map<string, Question<V>>();
  readonly #others = new Map<string, Question<V>>();
  #busy = false;

  constructor(
    private readonly limits: SharedLookUpLimits,
    private readonly query: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  ) {}

  /** @param isUrgent goes before those that are not @throws LookUpFull */
  ask(key: string, isUrgent: boolean): Promise<V | null> {
    const asked = this.#urgent.get(key) ?? this.#others.get(key);
    if (asked) return asked.answer;
    if (!isUrgent && this.#others.size >= this.limits.maxWaiting) return Promise.reject(new LookUpFull());
    const { promise, resolve, reject } = withResolvers<V | null>();
    (isUrgent ? this.#urgent : this.#others).set(key, { answer: promise, resolve, reject });
    if (!this.#busy) this.schedule();
    return promise;
  }

  private schedule(): void {
    this.#busy = true;
    setTimeout(() => void this.answer(this.take()), this.limits.gatherMs);
  }

  private take(): readonly (readonly [string, Question<V>])[] {
    const taken: (readonly [string, Question<V>])[] = [];
    for (const questions of [this.#urgent, this.#others]) {
      for (const entry of questions) {
        if (taken.length >= this.limits.maxHashes) return taken;
        taken.push(entry);
        questions.delete(entry[0]);
      }
    }
    return taken;
  }

  // Never rejects: what goes wrong is told to those who asked.
  private async answer(questions: readonly (readonly [string, Question<V>])[]): Promise<void> {
    try {
      const found = await this.query(questions.map(([key]) => key));
      for (const [key, { resolve }] of questions) resolve(found.get(key) ?? null);
    } catch (error) {
      for (const [, { reject }] of questions) reject(error);
    } finally {
      this.#busy = false;
      if (this.#urgent.size + this.#others.size > 0) this.schedule();
    }
  }
}

// Promise.withResolvers came with Node 22.
const withResolvers = <T>() => {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
};
