/** Things that were started, stopped in the opposite order; what fails to stop does not keep the others up. */
export class Stack {
  readonly #closers: (() => unknown)[] = [];
  #closed = false;
  #stopping = false;

  /** Remember how to stop something; stops it at once when everything is being stopped already. */
  push(close: () => unknown): void {
    this.#closers.push(close);
    // Who waited for the end has gone: nobody is left to be told of a failure.
    if (this.#closed && !this.#stopping) void this.stopAll();
  }

  /** @throws AggregateError when something failed to stop, after all has been tried */
  async close(): Promise<void> {
    this.#closed = true;
    const failures = await this.stopAll();
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything stopped cleanly');
  }

  private async stopAll(): Promise<readonly unknown[]> {
    this.#stopping = true;
    const failures: unknown[] = [];
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#stopping = false;
    return failures;
  }
}
