/** amoCRM's clock, as far as its `Date` headers tell: whole seconds, late by the way of the answer. */
export class ServerClock {
  #offsetMs = 0;

  constructor(private readonly ownTime: () => number = Date.now) {}

  /** Take note of an answer's `Date` header; a header that is no date changes nothing. */
  note(header: string | undefined): void {
    const time = header === undefined ? Number.NaN : Date.parse(header);
    if (Number.isFinite(time)) this.#offsetMs = time - this.ownTime();
  }

  /** Our own time until the first answer. */
  now(): Date {
    return new Date(this.ownTime() + this.#offsetMs);
  }
}
