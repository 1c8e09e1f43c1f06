import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Lane } from '#application/deals/ports/amo-deals.js';
import { eventually } from '#testing/eventually.js';
import type { BudgetKey, BudgetStore } from '#infrastructure/amocrm/budget/budget-store.js';
import { type BudgetGrant, LANES } from '#infrastructure/amocrm/budget/request-budget.js';
import { SharedRequestBudget, type BudgetOptions } from '#infrastructure/amocrm/budget/shared-request-budget.js';

/** An account of its own: what other tests did to theirs does not matter. */
const aKey = (over: Partial<BudgetKey> = {}): BudgetKey => ({
  accountId: randomInt(1, 2 ** 40),
  clientId: 'client',
  ...over,
});

/** What every store of the request budget must do. Order and times are those of the store's own clock. */
export const requestBudgetContract = (name: string, store: () => BudgetStore): void => {
  const client = (options: Partial<BudgetOptions> = {}) =>
    new SharedRequestBudget(store(), { perSecond: 20, ...options });
  const clients = (count: number, options?: Partial<BudgetOptions>) =>
    Array.from({ length: count }, () => client(options));
  const take = (budgets: readonly SharedRequestBudget[], key: BudgetKey, lane: Lane, count: number) =>
    Array.from({ length: count }, (_, index) => budgets[index % budgets.length]!.acquire({ key, lane }));

  const paceOf = async (key: BudgetKey): Promise<number> => {
    const limits = { perSecond: 20, accountPerSecond: 50, marginMs: 50 };
    return (await store().tryAcquire({ key, client: 'probe', waiting: [0, 0, 0], limits })).pace;
  };

  describe(`request budget: ${name}`, () => {
    it.each([7, 20])('never lets more than %i requests leave within a second, whoever asks', async (perSecond) => {
      const key = aKey();
      const grants = await Promise.all(take(clients(4, { perSecond }), key, 'bulk', perSecond * 4));

      expect(grants).toHaveLength(perSecond * 4);
      expect(mostWithin(1_000, grants)).toBeLessThanOrEqual(perSecond);
    });

    it('lets a person overtake a hundred waiting bulk requests of other processes', async () => {
      const key = aKey();
      const bulkers = clients(3);
      const bulk = take(bulkers, key, 'bulk', 100);
      await Promise.race(bulk.slice(20, 30));
      const person = await client().acquire({ key, lane: 'person' });

      const before = (await Promise.all(bulk)).filter(({ at }) => at < person.at);
      // Two windows of 20 at most: the one before, and the one in which the person asked. Never the queue.
      expect(before.length).toBeLessThanOrEqual(42);
      expect(person.lane).toBe('person');
    });

    it('serves waiting lanes in the order of their right', async () => {
      const key = aKey();
      const [a, b, c] = clients(3, { perSecond: 7 }) as [SharedRequestBudget, SharedRequestBudget, SharedRequestBudget];
      await Promise.all(take([a], key, 'bulk', 7));
      const waiting = await Promise.all([
        ...take([a], key, 'bulk', 5),
        ...take([b], key, 'trigger', 5),
        ...take([c], key, 'person', 5),
      ]);

      const order = lanesInOrder(waiting);
      // Seven leave in the first second and seven in the next; within one, all who find room may go.
      expect(order.slice(0, 7).sort()).toEqual([...Array<Lane>(5).fill('person'), 'trigger', 'trigger']);
      expect(order.slice(7, 14).sort()).toEqual([...Array<Lane>(4).fill('bulk'), 'trigger', 'trigger', 'trigger']);
    });

    it('does not let bulk and triggers starve beside people', async () => {
      const key = aKey();
      const [people, triggers, bulk] = clients(3, { perSecond: 50 }) as [
        SharedRequestBudget,
        SharedRequestBudget,
        SharedRequestBudget,
      ];
      const asked = [
        ...take([people], key, 'person', 80),
        ...take([triggers], key, 'trigger', 80),
        ...take([bulk], key, 'bulk', 80),
      ];
      const order = lanesInOrder(await Promise.all(asked));
      // While all three compete: the very first grants leave before the store has heard of everybody.
      const contested = order.slice(order.indexOf('bulk'), order.lastIndexOf('person'));

      expect(contested.length).toBeGreaterThan(50);
      expect(longestWithout('bulk', contested)).toBeLessThan(14);
      expect(longestWithout('trigger', contested)).toBeLessThan(9);
    });

    it('gives every process of a lane its turn', async () => {
      const key = aKey();
      const [a, b] = clients(2) as [SharedRequestBudget, SharedRequestBudget];
      const ofA = take([a], key, 'bulk', 60);
      const ofB = take([b], key, 'bulk', 20);
      const [grantsA, grantsB] = [await Promise.all(ofA), await Promise.all(ofB)];

      // Left to whoever asks most, B would get its first when A has its last. Who is late for a window has its turn in the next.
      const lastOfA = Math.max(...grantsA.map(({ at }) => at));
      expect(grantsB.filter(({ at }) => at < lastOfA).length).toBeGreaterThanOrEqual(10);
    });

    it('keeps accounts apart', async () => {
      const [busy, quiet] = [aKey(), aKey()];
      const budget = client();
      const queue = Promise.all(take([budget], busy, 'bulk', 60));
      const other = await budget.acquire({ key: quiet, lane: 'bulk' });

      expect(other.at).toBeLessThan(Math.max(...(await queue).map(({ at }) => at)));
    });

    it('forgets a caller that gave up and keeps no slot for it', async () => {
      const key = aKey();
      const [a, b] = clients(2) as [SharedRequestBudget, SharedRequestBudget];
      await Promise.all(take([a], key, 'bulk', 20));
      const abort = new AbortController();
      const given = a.acquire({ key, lane: 'person', signal: abort.signal });
      const next = b.acquire({ key, lane: 'bulk' });
      abort.abort(new Error('changed my mind'));

      await expect(given).rejects.toThrow('changed my mind');
      await expect(next).resolves.toMatchObject({ lane: 'bulk' });
      await expect(a.acquire({ key, lane: 'bulk', signal: abort.signal })).rejects.toThrow('changed my mind');
    });

    it('counts a request that left late from when it left', async () => {
      const key = aKey();
      const budget = client({ perSecond: 2 });
      const [first, second] = (await Promise.all(take([budget], key, 'bulk', 2))) as [BudgetGrant, BudgetGrant];
      const clock = async () => (await client().acquire({ key: aKey(), lane: 'bulk' })).at;
      await eventually(async () => (await clock()) >= first.at + 400, { everyMs: 100 });
      await store().postpone(key, first.at, 400);
      const [third, fourth] = (await Promise.all(take([budget], key, 'bulk', 2))) as [BudgetGrant, BudgetGrant];

      expect(third.at - second.at).toBeGreaterThanOrEqual(1_000);
      expect(fourth.at - (first.at + 400)).toBeGreaterThanOrEqual(1_000);
    });

    it('pauses everybody and slows down after a 429', async () => {
      const key = aKey();
      const [a, b] = clients(2) as [SharedRequestBudget, SharedRequestBudget];
      const first = await a.acquire({ key, lane: 'bulk' });
      // Several refusals of one burst are one piece of news.
      await Promise.all([a.slowDown(key, 1), b.slowDown(key, 1), b.slowDown(key, 1)]);
      const slowed = await paceOf(key);
      const after = await Promise.all(take([a, b], key, 'bulk', 40));

      expect(Math.min(...after.map(({ at }) => at)) - first.at).toBeGreaterThanOrEqual(1_000);
      // 0.7 × 20 = 14; a little of it has grown back.
      expect(mostWithin(1_000, after)).toBeLessThanOrEqual(15);
      expect(slowed).toBeCloseTo(0.7, 2);
    });

    it('says that amoCRM is busy, and for how long, when the pause outlasts the patience', async () => {
      const key = aKey();
      const budget = client({ patienceMs: { person: 100, trigger: 100, bulk: 100 } });
      await budget.slowDown(key, 60_000);

      await expect(budget.acquire({ key, lane: 'person' })).rejects.toMatchObject({
        code: 'crm.busy',
        retryAfterMs: expect.closeTo(60_000, -4),
      });
    });

    it('keeps all integrations of an account together within the account’s limit', async () => {
      const first = aKey();
      const second = { ...first, clientId: 'another integration' };
      const [a, b] = clients(2, { perSecond: 10, accountPerSecond: 12 }) as [SharedRequestBudget, SharedRequestBudget];
      const [ofA, ofB] = [take([a], first, 'bulk', 18), take([b], second, 'bulk', 18)].map((asked) =>
        Promise.all(asked),
      );
      const [grantsA, grantsB] = [(await ofA) ?? [], (await ofB) ?? []];

      expect([grantsA.length, grantsB.length]).toEqual([18, 18]);
      expect(mostWithin(1_000, [...grantsA, ...grantsB])).toBeLessThanOrEqual(12);
      expect(Math.max(mostWithin(1_000, grantsA), mostWithin(1_000, grantsB))).toBeLessThanOrEqual(10);
    });

    it('pauses and slows the other integrations of the account too', async () => {
      const key = aKey();
      const [a, b] = clients(2) as [SharedRequestBudget, SharedRequestBudget];
      const first = await a.acquire({ key, lane: 'bulk' });
      await a.slowDown(key, 1);
      const other = await Promise.all(take([b], { ...key, clientId: 'another integration' }, 'bulk', 30));

      expect(Math.min(...other.map(({ at }) => at)) - first.at).toBeGreaterThanOrEqual(1_000);
      expect(mostWithin(1_000, other)).toBeLessThanOrEqual(15);
    });

    it('goes by the limits of the account from the next request on', async () => {
      const key = aKey();
      const budget = client({ perSecond: 2 });
      await Promise.all(take([budget], key, 'bulk', 2));
      const own = { requestsPerSecond: 30, accountRequestsPerSecond: null };
      const more = await Promise.all(
        Array.from({ length: 28 }, () => budget.acquire({ key, lane: 'bulk', limits: own })),
      );

      // Two a second would be the limit without its own.
      expect(mostWithin(1_000, more)).toBeGreaterThan(2);
    });

    it('keeps both limits whatever the limits, clients and lanes are', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 15, max: 60 }),
          fc.integer({ min: 15, max: 60 }),
          fc.array(fc.tuple(fc.nat(2), fc.nat(1), fc.nat(2)), { minLength: 30, maxLength: 60 }),
          async (perSecond, accountPerSecond, asked) => {
            const key = aKey();
            const budgets = clients(3, { perSecond, accountPerSecond });
            const grants = await Promise.all(
              asked.map(async ([index, integration, lane]) => {
                const clientId = `integration ${integration}`;
                const grant = await budgets[index]!.acquire({ key: { ...key, clientId }, lane: LANES[lane]! });
                return { clientId, ...grant };
              }),
            );

            expect(mostWithin(1_000, grants)).toBeLessThanOrEqual(accountPerSecond);
            for (const clientId of new Set(grants.map((grant) => grant.clientId))) {
              const own = grants.filter((grant) => grant.clientId === clientId);
              expect(mostWithin(1_000, own)).toBeLessThanOrEqual(perSecond);
            }
          },
        ),
        { numRuns: 3 },
      );
    });

    it('grows back step by step after a 429, and falls further with the next one', async () => {
      const key = aKey();
      const paceNow = () => paceOf(key);
      expect(await paceNow()).toBe(1);
      await store().slowDown(key, 1);
      const slowed = await paceNow();
      expect(slowed).toBeCloseTo(0.7, 2);
      const later = await eventually(async () => {
        const pace = await paceNow();
        return pace > slowed + 0.004 ? pace : undefined;
      });
      await eventually(async () => {
        await store().slowDown(key, 1);
        return (await paceNow()) < later * 0.75;
      });
      expect(await paceNow()).toBeGreaterThan(later * 0.65);
    });

    it('never falls below one request a second', async () => {
      const key = aKey();
      const budget = client({ perSecond: 1 });
      await budget.slowDown(key, 1);
      const grants = await Promise.all(take([budget], key, 'person', 2));

      expect(mostWithin(1_000, grants)).toBe(1);
    });
  });
};

/** The greatest number of grants in any window of `spanMs`. */
const mostWithin = (spanMs: number, grants: readonly BudgetGrant[]): number => {
  const times = grants.map(({ at }) => at).sort((a, b) => a - b);
  return Math.max(...times.map((from, index) => times.slice(index).filter((at) => at < from + spanMs).length));
};

const lanesInOrder = (grants: readonly BudgetGrant[]): Lane[] =>
  [...grants].sort((a, b) => a.at - b.at).map(({ lane }) => lane);

/** Length of the longest run of grants among which `lane` has none. */
const longestWithout = (lane: Lane, order: readonly Lane[]): number =>
  Math.max(
    ...order
      .join()
      .split(lane)
      .map((run) => run.split(',').filter(Boolean).length),
  );
