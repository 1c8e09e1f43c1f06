import type { Lane } from '#application/deals/ports/amo-deals.js';
import type { BudgetKey } from './budget-store.js';

/** Lanes in the order of their right to the next request. */
export const LANES = ['person', 'trigger', 'bulk'] as const satisfies readonly Lane[];

/** Limits of one account that differ from the configuration; null = as configured. */
export interface AccountLimits {
  readonly requestsPerSecond: number | null;
  readonly accountRequestsPerSecond: number | null;
}

export interface BudgetTicket {
  readonly key: BudgetKey;
  readonly lane: Lane;
  readonly limits?: AccountLimits;
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
  /** amoCRM answered 429: pause all callers of the account for at least `pauseMs` and lower its pace for a while. */
  slowDown(key: BudgetKey, pauseMs: number): Promise<void>;
}
export const REQUEST_BUDGET = Symbol('RequestBudget');

/** How this process stands at the moment; of accounts only sums and extremes. */
export interface BudgetFigures {
  /** Callers that wait, by lane, all accounts together. */
  readonly waiting: Readonly<Record<Lane, number>>;
  /** Accounts that this process has called or waits to call. */
  readonly accounts: number;
  readonly pausedAccounts: number;
  /** The pace of the slowest of them: 1 = its full rate. */
  readonly slowestPace: number;
}

/** Sees what the budget does; for gauges. Labels are lanes only, never keys. */
export interface BudgetObserver {
  granted?(lane: Lane, waitedMs: number): void;
  slowedDown?(pauseMs: number): void;
  /** Called once, with where to read the figures. */
  figures?(read: () => BudgetFigures): void;
}
