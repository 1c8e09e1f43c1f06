/** A fact that happened to an entity. `wireName` is written by hand: `<context>.<fact>`, stable for ever. */
export interface DomainEvent {
  readonly wireName: string;
  /** JSON-safe; ids and plain values only. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** An entity that collects the events it raised until a repository stores them with its row. */
export abstract class AggregateRoot {
  #events: DomainEvent[] = [];

  protected raise(event: DomainEvent): void {
    this.#events.push(event);
  }

  /** Take the events raised since the last call; the caller stores them in the same transaction. */
  pullEvents(): readonly DomainEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
