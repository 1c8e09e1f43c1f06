import { randomUUID } from 'node:crypto';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { Lane } from '#application/deals/ports/amo-deals.js';
import { BudgetPump, type PumpContext } from './budget-pump.js';
import type { BudgetLimits, BudgetStore } from './budget-store.js';
import {
  LANES,
  type BudgetGrant,
  type BudgetObserver,
  type BudgetTicket,
  type RequestBudget,
} from './request-budget.js';
import type { Waiter } from './waiting-line.js';

export interface BudgetOptions extends BudgetLimits {
  /** How long a lane's callers wait before they are told that amoCRM is busy, in milliseconds. */
  readonly patienceMs: Readonly<Record<Lane, number>>;
}

export const DEFAULT_BUDGET: BudgetOptions = {
  perSecond: 7,
  marginMs: 50,
  patienceMs: { person: 20_000, trigger: 60_000, bulk: 120_000 },
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
      limits: { perSecond: this.#options.perSecond, marginMs: this.#options.marginMs },
      observer,
      busy: (retryAfterMs) => new AppError(crmErrors['crm.busy'], { retryAfterMs: Math.ceil(retryAfterMs) }),
      broken: (cause) => new AppError(sharedErrors['shared.unavailable'], { cause, details: { effect: 'none' } }),
    };
  }

  acquire({ key, lane, signal }: BudgetTicket): Promise<BudgetGrant> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const pump = this.pumpOf(key);
      const since = Date.now();
      const settle = () => signal?.removeEventListener('abort', onAbort);
      const waiter: Waiter = {
        lane: LANES.indexOf(lane),
        since,
        deadline: since + this.#options.patienceMs[lane],
        grant: (grant) => (settle(), resolve(grant)),
        fail: (error) => (settle(), reject(error as Error)),
      };
      const onAbort = () => {
        pump.remove(waiter);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      pump.add(waiter);
    });
  }

  async slowDown(key: string, pauseMs: number): Promise<void> {
    this.observer.slowedDown?.(pauseMs);
    await this.store.slowDown(key, pauseMs, this.#context.limits);
  }

  private pumpOf(key: string): BudgetPump {
    const existing = this.#pumps.get(key);
    if (existing) return existing;
    // Accounts are few; keys that nobody waits for are forgotten so that the map cannot grow for ever.
    for (const [other, pump] of this.#pumps) if (pump.isIdle) this.#pumps.delete(other);
    const pump = new BudgetPump(key, this.#context);
    this.#pumps.set(key, pump);
    return pump;
  }
}
