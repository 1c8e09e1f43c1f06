import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { BudgetKey, BudgetStore, BudgetTry, BudgetVerdict } from './budget-store.js';
import type { BudgetFigures, BudgetObserver } from './request-budget.js';
import { SharedRequestBudget } from './shared-request-budget.js';

/** A store that answers by script and can be held; the rules themselves are the contract suite's business. */
class ScriptedStore implements BudgetStore {
  readonly tries: BudgetTry[] = [];
  underWay = 0;
  mostUnderWay = 0;

  constructor(private readonly answer: (attempt: BudgetTry, index: number) => BudgetVerdict | Promise<BudgetVerdict>) {}

  async tryAcquire(attempt: BudgetTry): Promise<BudgetVerdict> {
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    this.tries.push(attempt);
    try {
      return await this.answer(attempt, this.tries.length - 1);
    } finally {
      this.underWay--;
    }
  }

  async slowDown(): Promise<void> {
    return undefined;
  }

  readonly late: number[] = [];
  async postpone(_key: BudgetKey, _at: number, lateMs: number): Promise<void> {
    this.late.push(lateMs);
  }
}

const grantBest = ({ waiting }: BudgetTry): BudgetVerdict => ({
  kind: 'granted',
  lane: waiting.findIndex(Boolean),
  at: 1,
  pace: 1,
});
const KEY: BudgetKey = { accountId: 1, clientId: 'client' };
const wait = (waitMs: number, isPaused = false): BudgetVerdict => ({ kind: 'wait', waitMs, pace: 1, isPaused });

describe('SharedRequestBudget', () => {
  it('asks the store once at a time, whoever waits, and tells it of all', async () => {
    const store = new ScriptedStore(grantBest);
    const budget = new SharedRequestBudget(store);
    const waiting = Array.from({ length: 50 }, () => budget.acquire({ key: KEY, lane: 'bulk' }));
    const person = budget.acquire({ key: KEY, lane: 'person' });
    await Promise.all([...waiting, person]);

    expect(store.mostUnderWay).toBe(1);
    expect(store.tries).toHaveLength(51);
    expect(store.tries[0]?.waiting).toEqual([1, 0, 50]);
    expect(store.tries.at(-1)?.waiting).toEqual([0, 0, 1]);
  });

  it('tells the store of a person at once, in the middle of a wait', async () => {
    const store = new ScriptedStore((attempt) => (attempt.waiting[0] > 0 ? grantBest(attempt) : wait(60_000)));
    const budget = new SharedRequestBudget(store);
    const abort = new AbortController();
    const bulk = budget.acquire({ key: KEY, lane: 'bulk', signal: abort.signal });

    await expect(budget.acquire({ key: KEY, lane: 'person' })).resolves.toMatchObject({ lane: 'person' });
    abort.abort(new Error('enough'));
    await expect(bulk).rejects.toThrow('enough');
  });

  it('takes its claim back when everybody has left', async () => {
    let withdrawn: () => void = () => undefined;
    const isWithdrawn = new Promise<void>((resolve) => (withdrawn = resolve));
    const store = new ScriptedStore(({ waiting }) => {
      if (waiting.every((count) => count === 0)) withdrawn();
      return wait(60_000);
    });
    const abort = new AbortController();
    const budget = new SharedRequestBudget(store);
    const given = [1, 2].map(() => budget.acquire({ key: KEY, lane: 'trigger', signal: abort.signal }));
    await Promise.resolve();
    await Promise.resolve();
    abort.abort(new Error('left'));

    expect(await Promise.allSettled(given)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    await isWithdrawn;
    expect(store.tries.map(({ waiting }) => waiting)).toEqual([
      [0, 2, 0],
      [0, 0, 0],
    ]);
  });

  it('fails its callers when the store fails, and works again afterwards', async () => {
    const store = new ScriptedStore((attempt, index) => {
      if (index === 0) throw new Error('connection refused');
      return grantBest(attempt);
    });
    const budget = new SharedRequestBudget(store);
    const failed = await Promise.allSettled([1, 2].map(() => budget.acquire({ key: KEY, lane: 'bulk' })));

    expect(failed).toMatchObject(
      [1, 2].map(() => ({ reason: { code: 'shared.unavailable', details: { effect: 'none' } } })),
    );
    await expect(budget.acquire({ key: KEY, lane: 'bulk' })).resolves.toMatchObject({ lane: 'bulk' });
  });

  it('tells the store of a request that leaves late', async () => {
    const store = new ScriptedStore(grantBest);
    const grant = await new SharedRequestBudget(store).acquire({ key: KEY, lane: 'bulk' });
    const since = performance.now();
    while (performance.now() - since < 20) continue;
    grant.left();

    expect(store.late).toEqual([expect.any(Number)]);
    expect(store.late[0]).toBeGreaterThanOrEqual(20);
  });

  it('gives background work back its hands while the account is paused, and lets people sit it out', async () => {
    const store = new ScriptedStore(() => wait(5_000, true));
    const budget = new SharedRequestBudget(store);
    const abort = new AbortController();
    const person = budget.acquire({ key: KEY, lane: 'person', signal: abort.signal });
    const background = (['trigger', 'bulk'] as const).map((lane) => budget.acquire({ key: KEY, lane }));

    expect(await Promise.allSettled(background)).toMatchObject(
      [1, 2].map(() => ({ status: 'rejected', reason: { code: 'crm.busy', retryAfterMs: 5_000 } })),
    );
    abort.abort(new Error('seen enough'));
    await expect(person).rejects.toThrow('seen enough');
  });

  it('asks with the limits of the account where it has its own', async () => {
    const store = new ScriptedStore(grantBest);
    const budget = new SharedRequestBudget(store, { perSecond: 7, accountPerSecond: 50 });
    const own = { requestsPerSecond: 15, accountRequestsPerSecond: null };
    await budget.acquire({ key: KEY, lane: 'bulk', limits: own });
    await budget.acquire({ key: KEY, lane: 'bulk' });

    expect(store.tries.map(({ limits }) => limits)).toEqual([
      { perSecond: 15, accountPerSecond: 50, marginMs: 50 },
      { perSecond: 7, accountPerSecond: 50, marginMs: 50 },
    ]);
  });

  it('shows what it does', async () => {
    const seen: string[] = [];
    let read: () => BudgetFigures = () => ({}) as BudgetFigures;
    const observer: BudgetObserver = {
      granted: (lane) => void seen.push(`granted ${lane}`),
      slowedDown: (pauseMs) => void seen.push(`slowed down by ${pauseMs}`),
      figures: (reader) => void (read = reader),
    };
    const store = new ScriptedStore((attempt) =>
      attempt.key.accountId === 1 ? grantBest(attempt) : { ...wait(1_000, true), pace: 0.7 },
    );
    const budget = new SharedRequestBudget(store, {}, observer);
    await budget.acquire({ key: KEY, lane: 'trigger' });
    await budget.slowDown(KEY, 1_500);
    const abort = new AbortController();
    const waiting = [2, 3].map((accountId) =>
      budget.acquire({ key: { ...KEY, accountId }, lane: 'bulk', signal: abort.signal }),
    );
    await eventually(() => read().pausedAccounts === 2);

    expect(seen).toEqual(['granted trigger', 'slowed down by 1500']);
    expect(read()).toMatchObject({ waiting: { person: 0, trigger: 0, bulk: 2 }, pausedAccounts: 2 });
    expect(read().slowestPace).toBeCloseTo(0.7, 1);
    abort.abort(new Error('left'));
    await Promise.allSettled(waiting);
    expect(read().waiting.bulk).toBe(0);
  });
});
