import { randomUUID } from 'node:crypto';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { Lane } from '#application/deals/ports/amo-deals.js';
import { BudgetPump, type PumpContext } from './budget-pump.js';
import { keyText, type BudgetKey, type BudgetLimits, type BudgetStore } from './budget-store.js';
import {
  LANES,
  type AccountLimits,
  type BudgetFigures,
  type BudgetGrant,
  type BudgetObserver,
  type BudgetTicket,
  type RequestBudget,
} from './request-budget.js';
import type { Waiter } from './waiting-line.js';

export interface BudgetOptions extends BudgetLimits {
  /** How long a lane's callers wait before they are told that amoCRM is busy, in milliseconds. */
  readonly patienceMs: Readonly<Record<Lane, number>>;
  /**
   * The longest pause of an account that a lane's callers sit out, in milliseconds. Background work would hold the hands
   * that other accounts need, so it comes back later instead.
   */
  readonly longestPauseMs: Readonly<Record<Lane, number>>;
}

export const DEFAULT_BUDGET: BudgetOptions = {
  perSecond: 7,
  accountPerSecond: 50,
  marginMs: 50,
  patienceMs: { person: 20_000, trigger: 60_000, bulk: 120_000 },
  longestPauseMs: { person: 20_000, trigger: 2_000, bulk: 2_000 },
};

/** The budget over a store that the processes share. Waiters of one process queue up here, not in the store. */
export class SharedRequestBudget implements RequestBudget {
  readonly #pumps = new Map<string, BudgetPump>();
  readonly #options: BudgetOptions;
  readonly #context: PumpContext;

  constructor(
    private readonly store: BudgetStore,
    options: Partial<BudgetOptions> = {},
    private readonly observer: BudgetObserver = {},
  ) {
    this.#options = { ...DEFAULT_BUDGET, ...options };
    this.#context = {
      store,
      client: randomUUID(),
      observer,
      busy: (retryAfterMs) => new AppError(crmErrors['crm.busy'], { retryAfterMs: Math.ceil(retryAfterMs) }),
      broken: (cause) => new AppError(sharedErrors['shared.unavailable'], { cause, details: { effect: 'none' } }),
    };
    observer.figures?.(() => this.figures());
  }

  acquire({ key, lane, limits, signal }: BudgetTicket): Promise<BudgetGrant> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const current = this.limitsOf(limits);
      const pump = this.pumpOf(key, current);
      const since = Date.now();
      const settle = () => signal?.removeEventListener('abort', onAbort);
      const waiter: Waiter = {
        lane: LANES.indexOf(lane),
        since,
        deadline: since + this.#options.patienceMs[lane],
        longestPauseMs: this.#options.longestPauseMs[lane],
        grant: (grant) => (settle(), resolve(grant)),
        fail: (error) => (settle(), reject(error as Error)),
      };
      const onAbort = () => {
        pump.remove(waiter);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      pump.add(waiter, current);
    });
  }

  async slowDown(key: BudgetKey, pauseMs: number): Promise<void> {
    this.observer.slowedDown?.(pauseMs);
    await this.store.slowDown(key, pauseMs);
  }

  /** How this process stands at the moment. */
  figures(): BudgetFigures {
    const pumps = [...this.#pumps.values()];
    const waiting = (index: number) => pumps.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0);
    return {
      waiting: { person: waiting(0), trigger: waiting(1), bulk: waiting(2) },
      accounts: pumps.length,
      pausedAccounts: pumps.filter(({ isPaused }) => isPaused).length,
      slowestPace: Math.min(1, ...pumps.map(({ pace }) => pace)),
    };
  }

  private limitsOf(own: AccountLimits | undefined): BudgetLimits {
    const { perSecond, accountPerSecond, marginMs } = this.#options;
    return {
      perSecond: own?.requestsPerSecond ?? perSecond,
      accountPerSecond: own?.accountRequestsPerSecond ?? accountPerSecond,
      marginMs,
    };
  }

  private pumpOf(key: BudgetKey, limits: BudgetLimits): BudgetPump {
    const name = keyText(key);
    const existing = this.#pumps.get(name);
    if (existing) return existing;
    // Accounts are few; keys that nobody waits for are forgotten so that the map cannot grow for ever.
    for (const [other, pump] of this.#pumps) if (pump.isIdle) this.#pumps.delete(other);
    const pump = new BudgetPump(key, limits, this.#context);
    this.#pumps.set(name, pump);
    return pump;
  }
}
