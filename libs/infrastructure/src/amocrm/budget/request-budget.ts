import type { Lane } from '#application/deals/ports/amo-deals.js';

/** Lanes in the order of their right to the next request. */
export const LANES = ['person', 'trigger', 'bulk'] as const satisfies readonly Lane[];

export interface BudgetTicket {
  /** What the limit is counted by: see `budgetKey`. */
  readonly key: string;
  readonly lane: Lane;
  readonly signal?: AbortSignal;
}

export interface BudgetGrant {
  readonly lane: Lane;
  /** When it was granted, in milliseconds of the store's clock. */
  readonly at: number;
  /** How long the caller waited for it. */
  readonly waitedMs: number;
  /**
   * To be called when the request leaves. One that leaves late (a new connection, a busy process) arrives late, and
   * amoCRM counts arrivals: the budget then counts it from now on.
   */
  left(): void;
}

/**
 * The right to send requests to amoCRM, shared by all processes of the product. In no second are there more grants than
 * amoCRM allows; people go before triggers, triggers before bulk work, and no lane starves.
 */
export interface RequestBudget {
  /**
   * Wait for the right to send one request now.
   *
   * @throws AppError `crm.busy` with `retryAfterMs` when the lane's patience ends first
   * @throws AppError `shared.unavailable` when the store cannot be reached; nothing was sent
   * @throws the signal's reason when it is aborted meanwhile
   */
  acquire(ticket: BudgetTicket): Promise<BudgetGrant>;
  /** amoCRM answered 429: pause all callers of the key for at least `pauseMs` and lower its rate for a while. */
  slowDown(key: string, pauseMs: number): Promise<void>;
}
export const REQUEST_BUDGET = Symbol('RequestBudget');

/** amoCRM counts requests by integration and account (amoCRM API: limits). */
export const budgetKey = (accountId: number, clientId: string): string => `${accountId}:${clientId}`;

/** Sees what the budget does; for gauges. Labels are lanes only, never keys. */
export interface BudgetObserver {
  granted?(lane: Lane, waitedMs: number): void;
  waiting?(lane: Lane, count: number): void;
  slowedDown?(pauseMs: number): void;
}
