/** Things that were started, stopped in the opposite order; what fails to stop does not keep the others up. */
export class Stack {
  readonly #closers: (() => unknown)[] = [];
  #closed = false;

  /** Remember how to stop something; stops it at once when everything is being stopped already. */
  push(close: () => unknown): void {
    if (this.#closed) void Promise.resolve(close());
    else this.#closers.push(close);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const failures: unknown[] = [];
    for (const close of this.#closers.splice(0).reverse()) {
      await Promise.resolve(close()).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything stopped cleanly');
  }
}
