import { AsyncLocalStorage } from 'node:async_hooks';

interface Frame {
  readonly slot: Slot<unknown>;
  readonly value: unknown;
  readonly outer: Frame | undefined;
}

// One store for all that surrounds a piece of work, and one per process: each store is paid for by every promise.
const frames = new AsyncLocalStorage<Frame>();

/** Something that a piece of work finds around it, however deep it is: who asked for it, the open transaction. */
export class Slot<T> {
  /** The innermost value, or undefined outside of `run`. */
  get(): T | undefined {
    let frame = frames.getStore();
    while (frame && frame.slot !== this) frame = frame.outer;
    return frame?.value as T | undefined;
  }

  /** Run `work` with `value` around it; nested calls see the inner one. */
  run<R>(value: T, work: () => R): R {
    return frames.run({ slot: this, value, outer: frames.getStore() }, work);
  }
}
