/** How many requests may leave, and how strictly. */
export interface BudgetLimits {
  /** Requests in any second. amoCRM: 7 per integration and account, more in paid packages. */
  readonly perSecond: number;
  /** Added to the window of one second, for requests that arrive less evenly than they left. */
  readonly marginMs: number;
}

/** How many callers of one process wait in each lane: person, trigger, bulk. */
export type WaitingCounts = readonly [person: number, trigger: number, bulk: number];

/** One try of one client (a process) on behalf of all who wait in it; no waiters = it waits no more. */
export interface BudgetTry {
  readonly key: string;
  readonly client: string;
  readonly waiting: WaitingCounts;
  readonly limits: BudgetLimits;
}

/** `lane` is an index of `LANES`; `at` is the store's clock. `waitMs` is when another try makes sense. */
export type BudgetVerdict =
  | { readonly kind: 'granted'; readonly lane: number; readonly at: number }
  | { readonly kind: 'wait'; readonly waitMs: number };

/** The state that all processes share. Every call is atomic and takes its time from the store's own clock. */
export interface BudgetStore {
  tryAcquire(attempt: BudgetTry): Promise<BudgetVerdict>;
  slowDown(key: string, pauseMs: number, limits: BudgetLimits): Promise<void>;
  /** The request granted at `at` left `lateMs` later: count it from then. */
  postpone(key: string, at: number, lateMs: number): Promise<void>;
}
export const BUDGET_STORE = Symbol('BudgetStore');

/** Window over which `perSecond` requests are counted. */
export const windowMs = ({ marginMs }: BudgetLimits): number => 1_000 + marginMs;

/** amoCRM wants at least a second of silence after a 429 (amoCRM API: limits). */
export const MIN_PAUSE_MS = 1_000;
