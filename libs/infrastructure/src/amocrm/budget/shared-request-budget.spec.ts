import { describe, expect, it } from '@jest/globals';
import type { BudgetStore, BudgetTry, BudgetVerdict } from './budget-store.js';
import type { BudgetObserver } from './request-budget.js';
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
  async postpone(_key: string, _at: number, lateMs: number): Promise<void> {
    this.late.push(lateMs);
  }
}

const grantBest = ({ waiting }: BudgetTry): BudgetVerdict => ({
  kind: 'granted',
  lane: waiting.findIndex(Boolean),
  at: 1,
});

describe('SharedRequestBudget', () => {
  it('asks the store once at a time, whoever waits, and tells it of all', async () => {
    const store = new ScriptedStore(grantBest);
    const budget = new SharedRequestBudget(store);
    const waiting = Array.from({ length: 50 }, () => budget.acquire({ key: 'k', lane: 'bulk' }));
    const person = budget.acquire({ key: 'k', lane: 'person' });
    await Promise.all([...waiting, person]);

    expect(store.mostUnderWay).toBe(1);
    expect(store.tries).toHaveLength(51);
    expect(store.tries[0]?.waiting).toEqual([1, 0, 50]);
    expect(store.tries.at(-1)?.waiting).toEqual([0, 0, 1]);
  });

  it('tells the store of a person at once, in the middle of a wait', async () => {
    const store = new ScriptedStore((attempt) =>
      attempt.waiting[0] > 0 ? grantBest(attempt) : { kind: 'wait', waitMs: 60_000 },
    );
    const budget = new SharedRequestBudget(store);
    const abort = new AbortController();
    const bulk = budget.acquire({ key: 'k', lane: 'bulk', signal: abort.signal });

    await expect(budget.acquire({ key: 'k', lane: 'person' })).resolves.toMatchObject({ lane: 'person' });
    abort.abort(new Error('enough'));
    await expect(bulk).rejects.toThrow('enough');
  });

  it('takes its claim back when everybody has left', async () => {
    let withdrawn: () => void = () => undefined;
    const isWithdrawn = new Promise<void>((resolve) => (withdrawn = resolve));
    const store = new ScriptedStore(({ waiting }) => {
      if (waiting.every((count) => count === 0)) withdrawn();
      return { kind: 'wait', waitMs: 60_000 };
    });
    const abort = new AbortController();
    const budget = new SharedRequestBudget(store);
    const given = [1, 2].map(() => budget.acquire({ key: 'k', lane: 'trigger', signal: abort.signal }));
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
    const failed = await Promise.allSettled([1, 2].map(() => budget.acquire({ key: 'k', lane: 'bulk' })));

    expect(failed).toMatchObject(
      [1, 2].map(() => ({ reason: { code: 'shared.unavailable', details: { effect: 'none' } } })),
    );
    await expect(budget.acquire({ key: 'k', lane: 'bulk' })).resolves.toMatchObject({ lane: 'bulk' });
  });

  it('tells the store of a request that leaves late', async () => {
    const store = new ScriptedStore(grantBest);
    const grant = await new SharedRequestBudget(store).acquire({ key: 'k', lane: 'bulk' });
    const since = performance.now();
    while (performance.now() - since < 20) continue;
    grant.left();

    expect(store.late).toEqual([expect.any(Number)]);
    expect(store.late[0]).toBeGreaterThanOrEqual(20);
  });

  it('shows what it does', async () => {
    const seen: string[] = [];
    const observer: BudgetObserver = {
      granted: (lane) => void seen.push(`granted ${lane}`),
      waiting: (lane, count) => void (count > 0 && seen.push(`${count} in ${lane}`)),
      slowedDown: (pauseMs) => void seen.push(`slowed down by ${pauseMs}`),
    };
    const budget = new SharedRequestBudget(new ScriptedStore(grantBest), {}, observer);
    await budget.acquire({ key: 'k', lane: 'trigger' });
    await budget.slowDown('k', 1_500);

    expect(seen).toEqual(['1 in trigger', 'granted trigger', 'slowed down by 1500']);
  });
});
