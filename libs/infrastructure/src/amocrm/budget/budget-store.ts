/** How many requests may leave, and how strictly. */
export interface BudgetLimits {
  /** Requests of the integration in any second. amoCRM: 7 per integration and account, more in paid packages. */
  readonly perSecond: number;
  /** Requests of all integrations in any second. amoCRM: 50 per account, more in paid packages. */
  readonly accountPerSecond: number;
  /** Added to the window of one second, for requests that arrive less evenly than they left. */
  readonly marginMs: number;
}

/** What amoCRM counts by: an integration in an account, and the account (amoCRM: limits). */
export interface BudgetKey {
  readonly accountId: number;
  readonly clientId: string;
}

/** The key of the integration's window. */
export const keyText = ({ accountId, clientId }: BudgetKey): string => `${accountId}:${clientId}`;

/** How many callers of one process wait in each lane: person, trigger, bulk. */
export type WaitingCounts = readonly [person: number, trigger: number, bulk: number];

/** One try of one client (a process) on behalf of all who wait in it; no waiters = it waits no more. */
export interface BudgetTry {
  readonly key: BudgetKey;
  readonly client: string;
  readonly waiting: WaitingCounts;
  readonly limits: BudgetLimits;
}

/**
 * `lane` is an index of `LANES`; `at` is the store's clock. `waitMs` is when another try makes sense. `pace` is the part
 * of the full rate that the account has now; `isPaused`: it waits for a pause to end, not for its turn.
 */
export type BudgetVerdict =
  | { readonly kind: 'granted'; readonly lane: number; readonly at: number; readonly pace: number }
  | { readonly kind: 'wait'; readonly waitMs: number; readonly pace: number; readonly isPaused: boolean };

/** The state that all processes share. Every call is atomic and takes its time from the store's own clock. */
export interface BudgetStore {
  tryAcquire(attempt: BudgetTry): Promise<BudgetVerdict>;
  /** Pause the whole account and lower its pace: a 429 does not say which of the limits it means. */
  slowDown(key: BudgetKey, pauseMs: number): Promise<void>;
  /** The request granted at `at` left `lateMs` later: count it from then. */
  postpone(key: BudgetKey, at: number, lateMs: number): Promise<void>;
}
export const BUDGET_STORE = Symbol('BudgetStore');

/** Window over which `perSecond` requests are counted. */
export const windowMs = ({ marginMs }: BudgetLimits): number => 1_000 + marginMs;

/** amoCRM wants at least a second of silence after a 429 (amoCRM API: limits). */
export const MIN_PAUSE_MS = 1_000;

/** A pace grows back by so much of the full rate in a second; both stores reckon with it. */
export const RECOVERY_PER_SECOND = 0.005;
