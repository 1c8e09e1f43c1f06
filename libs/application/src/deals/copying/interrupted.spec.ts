import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AmoDealId } from '#domain/shared/ids.js';
import { aDealNote, aDealTask } from '#testing/deals/deal-samples.js';
import { unreachable } from '#testing/deals/copy-faults.js';
import { type DealsHouse, dealsHouse, SETTLE_MS } from '#testing/deals/deals-house.js';
import type { WriteMethod } from '#testing/deals/scripted-amo-deals.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

let database: TestDatabase;
let house: DealsHouse;
beforeAll(async () => {
  database = await testDatabase();
  house = await dealsHouse(database);
});
afterAll(async () => {
  await house.close();
  await database.close();
});
beforeEach(() => house.amo.behave());
afterEach(async () => {
  expect(await house.inconsistencies()).toEqual([]);
});

/** A deal with two products, three tasks and two notes. */
const aRichDeal = () => {
  const { amo } = house;
  const line = (elementId: number) => ({ catalogId: 77, elementId, quantity: 1, priceId: null });
  const contacts = [{ id: 41, isMain: true }];
  const source = amo.addDeal({ products: [line(1), line(2)], contacts, companyId: 51 });
  for (const elementId of [1, 2])
    amo.products.push({ catalogId: 77, elementId, name: `P${elementId}`, isArchived: false });
  for (const text of ['one', 'two', 'three']) amo.tasks.push(aDealTask({ dealId: source.id, text }));
  for (const text of ['first', 'second']) amo.notes.push(aDealNote({ dealId: source.id, params: { text } }));
  return source;
};
/** What a rich deal's copy and its source must have in the end. */
const whole = (sourceId: AmoDealId) => {
  const { amo } = house;
  const copies = amo.copiesOf(sourceId);
  const [copy] = copies;
  return {
    copies: copies.length,
    products: copy?.products.map(({ elementId }) => elementId).sort(),
    tasks: amo.tasks
      .filter(({ dealId }) => dealId === copy?.id)
      .map(({ text }) => text)
      .sort(),
    notes: amo.notes.filter(({ dealId }) => dealId === copy?.id).length,
    links: amo.notes.filter(({ dealId }) => dealId === sourceId).length - 2,
  };
};
/** Copies that others were told of. */
const toldOf = async (operationId: string): Promise<readonly object[]> => {
  const rows = await database.owner.query<{ copies: readonly object[] }[]>(
    `SELECT payload->'copies' AS copies FROM outbox WHERE name = 'deals.deals_copied' AND payload->>'operationId' = $1`,
    [operationId],
  );
  return rows.flatMap(({ copies }) => copies);
};
const WHOLE = { copies: 1, products: [1, 2], tasks: ['one', 'three', 'two'], notes: 3, links: 1 };

describe('a creation whose outcome is unknown', () => {
  it.each([
    ['it took effect', true, 1],
    ['it did not', false, 2],
  ])('is looked up once it has settled, and made just once: %s', async (_, applied, creations) => {
    const source = aRichDeal();
    house.amo.failNext('createDeals', unreachable('unknown'), { applied });
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await house.items(id)).toMatchObject([{ status: 'running', step: 'creating', target: null }]);

    // Too early: the write may still take effect.
    const early = await house.run(id).catch((error: unknown) => error);
    expect(early).toMatchObject({ code: 'crm.busy', kind: 'upstream_busy' });
    const { retryAfterMs } = early as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(SETTLE_MS / 2);
    expect(retryAfterMs).toBeLessThanOrEqual(SETTLE_MS);
    expect(house.amo.sizesOf('findMarked')).toEqual([]);

    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(house.amo.sizesOf('findMarked')).toEqual([1]);
    expect(house.amo.sizesOf('createDeals')).toEqual(Array(creations).fill(1));
    expect(whole(source.id)).toEqual(WHOLE);
    const [{ id: dealId } = { id: 0 }] = house.amo.copiesOf(source.id);
    const [item] = await house.items(id);
    expect(item).toMatchObject({ status: 'done', target: dealId });
    // Told once, and whom it is with, also of a copy that was found.
    expect(await toldOf(id)).toEqual([
      { itemId: item?.id, sourceId: source.id, dealId, contactIds: [41], companyId: 51 },
    ]);
  });

  it('is looked up after an error of any other kind, too', async () => {
    const source = aRichDeal();
    house.amo.failNext('createDeals', new TypeError('a bug'), { applied: true });
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toThrow('a bug');
    expect(await house.items(id)).toMatchObject([{ step: 'creating' }]);
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(whole(source.id)).toEqual(WHOLE);
  });

  it('is found by amoCRM’s clock, however far that is from ours', async () => {
    const source = aRichDeal();
    house.amo.now = new Date('2025-01-01T00:00:00.000Z');
    house.amo.failNext('createDeals', unreachable('unknown'), { applied: true });
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    house.amo.now = new Date('2025-01-01T00:10:00.000Z');
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(house.amo.copiesOf(source.id)).toHaveLength(1);
  });

  it('holds up the whole chunk only until it is known', async () => {
    const sources = [aRichDeal(), ...Array.from({ length: 60 }, () => house.amo.addDeal())];
    house.amo.onCall = (method) => {
      // The second batch gets no answer.
      if (method === 'createDeals' && house.amo.sizesOf('createDeals').length === 2) throw unreachable('unknown');
    };
    const id = await house.order(sources);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    const steps = (await house.items(id)).map(({ step }) => step);
    expect(steps).toEqual([...Array<string>(50).fill('created'), ...Array<string>(11).fill('creating')]);
    house.amo.behave();
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(house.amo.sizesOf('createDeals')).toEqual([11]);
    expect(sources.map(({ id: source }) => house.amo.copiesOf(source).length)).toEqual(Array(61).fill(1));
  });
});

describe('a write that surely had no effect', () => {
  it.each<[WriteMethod, string]>([
    ['createDeals', 'new'],
    ['linkProducts', 'created'],
    ['createTasks', 'linked'],
    ['createNotes', 'tasked'],
  ])('is sent again at once: %s', async (method, step) => {
    const source = aRichDeal();
    house.amo.failNext(method, unreachable('none'));
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await house.items(id)).toMatchObject([{ status: 'running', step }]);
    await house.run(id);
    expect(house.amo.sizesOf('findMarked')).toEqual([]);
    expect(whole(source.id)).toEqual(WHOLE);
  });
});

describe('a part whose writing was interrupted', () => {
  const take = <T>(list: T[], chosen: (entry: T) => boolean) => {
    const index = list.findLastIndex(chosen);
    expect(index).toBeGreaterThanOrEqual(0);
    list.splice(index, 1);
  };
  const copyOf = (sourceId: AmoDealId) => house.amo.copiesOf(sourceId)[0]!;
  /** What is lost again of what was written; undoes one entry. */
  const undo: Readonly<Record<Exclude<WriteMethod, 'createDeals'>, (sourceId: AmoDealId) => void>> = {
    linkProducts: (sourceId) => {
      const copy = copyOf(sourceId);
      house.amo.deals.set(copy.id, { ...copy, products: copy.products.slice(1) });
    },
    createTasks: (sourceId) =>
      take(house.amo.tasks, ({ dealId, text }) => dealId === copyOf(sourceId).id && text === 'two'),
    createNotes: (sourceId) => take(house.amo.notes, ({ dealId }) => dealId === sourceId),
  };

  it.each<[Exclude<WriteMethod, 'createDeals'>, string, number]>([
    ['linkProducts', 'linking', 2],
    ['createTasks', 'tasking', 3],
    ['createNotes', 'noting', 4],
  ])('gets what is missing and nothing twice: %s', async (method, step, size) => {
    const [complete, partial] = [aRichDeal(), aRichDeal()];
    house.amo.failNext(method, unreachable('unknown'), { applied: true });
    const id = await house.order([complete, partial]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await house.items(id)).toMatchObject([{ step }, { step }]);
    undo[method](partial.id);

    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.busy' });
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(house.amo.sizesOf(method)).toEqual([2 * size, 1]);
    expect([whole(complete.id), whole(partial.id)]).toEqual([WHOLE, WHOLE]);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 2 });
  });

  it('is written whole when nothing of it arrived', async () => {
    const source = aRichDeal();
    house.amo.failNext('createTasks', unreachable('unknown'));
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(house.amo.sizesOf('createTasks')).toEqual([3, 3]);
    expect(whole(source.id)).toEqual(WHOLE);
  });

  it('is looked up when a later batch of the same copy had no effect', async () => {
    const { amo } = house;
    const source = amo.addDeal();
    for (let n = 0; n < 260; n++) amo.notes.push(aDealNote({ dealId: source.id, params: { text: `note ${n}` } }));
    amo.onCall = (method) => {
      if (method === 'createNotes' && amo.sizesOf('createNotes').length === 2) throw unreachable('none');
    };
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    // Its first batch is there: putting it back would write that twice.
    expect(await house.items(id)).toMatchObject([{ step: 'noting' }]);
    amo.behave();
    await house.age(id, SETTLE_MS);
    await house.run(id);
    const [copy] = amo.copiesOf(source.id);
    const texts = amo.notes.filter(({ dealId }) => dealId === copy?.id).map(({ params }) => params['text']);
    expect(texts).toHaveLength(new Set(texts).size);
    expect(amo.sizesOf('createNotes')).toEqual([texts.length - 250 + 1]);
  });

  it('is not written to a copy whose source was deleted meanwhile, and says which copy that is', async () => {
    const source = aRichDeal();
    house.amo.failNext('createTasks', unreachable('none'));
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    house.amo.deals.delete(source.id);
    await house.run(id);
    const [copy] = house.amo.copiesOf(source.id);
    const params = { deal: source.id, copy: copy?.id };
    expect(await house.items(id)).toMatchObject([
      {
        status: 'failed',
        step: 'linked',
        target: copy?.id,
        error: { code: 'deals.failure.source_lost_midway', params },
      },
    ]);
  });
});
