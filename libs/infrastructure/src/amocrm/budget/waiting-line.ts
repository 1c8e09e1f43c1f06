import type { BudgetGrant } from './request-budget.js';
import type { WaitingCounts } from './budget-store.js';

/** One caller that waits for its turn. */
export interface Waiter {
  readonly lane: number;
  readonly since: number;
  /** Our clock, in milliseconds: past this the caller would rather be told that amoCRM is busy. */
  readonly deadline: number;
  /** The longest pause of the account that the caller sits out. */
  readonly longestPauseMs: number;
  grant(grant: BudgetGrant): void;
  fail(error: unknown): void;
}

/** Who of this process waits for one key: one queue a lane, first come, first served. */
export class WaitingLine {
  readonly #lanes: readonly [Waiter[], Waiter[], Waiter[]] = [[], [], []];

  add(waiter: Waiter): void {
    this.#lanes[waiter.lane]?.push(waiter);
  }

  remove(waiter: Waiter): void {
    const lane = this.#lanes[waiter.lane] ?? [];
    const position = lane.indexOf(waiter);
    if (position >= 0) lane.splice(position, 1);
  }

  /** Take the first of a lane; undefined when everybody has left it. */
  take(lane: number): Waiter | undefined {
    return this.#lanes[lane]?.shift();
  }

  /** Take everybody who would have to wait past their deadline for a try at `at`, or longer than they sit out a pause. */
  takeImpatient(at: number, pauseMs: number): readonly Waiter[] {
    const leaving = this.#lanes.flat().filter((waiter) => waiter.deadline < at || waiter.longestPauseMs < pauseMs);
    leaving.forEach((waiter) => this.remove(waiter));
    return leaving;
  }

  takeAll(): readonly Waiter[] {
    return this.#lanes.flatMap((lane) => lane.splice(0));
  }

  counts(): WaitingCounts {
    const [person, trigger, bulk] = this.#lanes;
    return [person.length, trigger.length, bulk.length];
  }

  get isEmpty(): boolean {
    return this.#lanes.every((lane) => lane.length === 0);
  }
}
