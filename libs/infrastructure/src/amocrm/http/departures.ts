import { AsyncLocalStorage } from 'node:async_hooks';
import diagnostics from 'node:diagnostics_channel';

const CREATED = 'undici:request:create';
const WRITTEN = 'undici:client:sendHeaders';

/** Tells when requests are written to their connections, from undici's diagnostics channels. */
export class Departures {
  readonly #starting = new AsyncLocalStorage<() => void>();
  readonly #listeners = new WeakMap<object, () => void>();

  constructor() {
    diagnostics.subscribe(CREATED, this.onCreated);
    diagnostics.subscribe(WRITTEN, this.onWritten);
  }

  /** Run `start`, which makes one request, and call `onLeft` once when that request is written. */
  watch<T>(onLeft: (() => void) | undefined, start: () => T): T {
    return onLeft ? this.#starting.run(onLeft, start) : start();
  }

  stop(): void {
    diagnostics.unsubscribe(CREATED, this.onCreated);
    diagnostics.unsubscribe(WRITTEN, this.onWritten);
  }

  private readonly onCreated = (message: unknown): void => {
    const onLeft = this.#starting.getStore();
    if (onLeft) this.#listeners.set((message as { request: object }).request, onLeft);
  };

  private readonly onWritten = (message: unknown): void => {
    const { request } = message as { request: object };
    const onLeft = this.#listeners.get(request);
    this.#listeners.delete(request);
    onLeft?.();
  };
}
