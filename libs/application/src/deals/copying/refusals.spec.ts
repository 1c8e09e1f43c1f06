import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aDealTask, TEXT_FIELD_ID } from '#testing/deals/deal-samples.js';
import { tooHeavy } from '#testing/deals/copy-faults.js';
import { type DealsHouse, dealsHouse, SETTLE_MS } from '#testing/deals/deals-house.js';
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

const named = (...names: string[]) => names.map((name) => house.amo.addDeal({ name }));
const minds = { code: 'NotSupportedChoice', detail: 'no' };

describe('a refused deal', () => {
  it('is made without what amoCRM minds, or fails, while the others are made', async () => {
    const { amo } = house;
    const field = { fieldId: TEXT_FIELD_ID, name: 'Адрес', code: null, type: 'text', isComputed: false };
    const [good, ugly] = named('good', 'ugly');
    const mended = amo.addDeal({ name: 'mended', fields: [{ ...field, values: [{ value: 'bad' }] }] });
    amo.refusal = ({ name, fields }) => {
      if (name === 'ugly') return { ...minds, path: 'name' };
      return fields.some(({ values }) => values[0]?.['value'] === 'bad')
        ? { ...minds, path: 'custom_fields_values.0' }
        : null;
    };
    const id = await house.order([good!, ugly!, mended]);
    await house.run(id);

    expect(amo.sizesOf('createDeals')).toEqual([3, 2]);
    expect(await house.items(id)).toMatchObject([
      { status: 'done', remarks: [] },
      {
        status: 'failed',
        step: 'new',
        target: null,
        error: { code: 'deals.failure.refused', params: { reason: 'name: NotSupportedChoice' } },
      },
      { status: 'done', remarks: [{ code: 'deals.remark.refused_field', params: { field: 'Адрес' } }] },
    ]);
    expect([good!, ugly!, mended].map(({ id: source }) => amo.copiesOf(source).length)).toEqual([1, 0, 1]);
    expect(await house.operation(id)).toMatchObject({ status: 'partially_succeeded', done: 2, failed: 1 });
  });

  it('is found by halving when amoCRM does not say which one it minds', async () => {
    const { amo } = house;
    const sources = named('0', '1', '2', '3', '4', 'ugly', '6', '7');
    amo.attributes = false;
    amo.refusal = ({ name }) => (name === 'ugly' ? { ...minds, path: '' } : null);
    const id = await house.order(sources);
    await house.run(id);

    expect(amo.sizesOf('createDeals')).toEqual([8, 4, 4, 2, 1, 1, 2]);
    expect((await house.items(id)).map(({ status }) => status)).toEqual(
      sources.map(({ name }) => (name === 'ugly' ? 'failed' : 'done')),
    );
    expect(sources.map(({ id: source }) => amo.copiesOf(source).length)).toEqual([1, 1, 1, 1, 1, 0, 1, 1]);
  });

  it('leaves nothing behind when all of a batch are refused', async () => {
    const sources = named('a', 'b');
    house.amo.refusal = () => ({ ...minds, path: 'name' });
    const id = await house.order(sources);
    await house.run(id);
    expect(house.amo.sizesOf('createDeals')).toEqual([2]);
    expect(await house.operation(id)).toMatchObject({ status: 'failed', failed: 2 });
  });
});

describe('a refused part', () => {
  it.each([
    ['named by amoCRM', true, [4, 3]],
    ['found by halving', false, [4, 2, 2, 1, 1]],
  ])('is left out of its copy, which is told: %s', async (_, attributes, sizes) => {
    const { amo } = house;
    const [source] = named('with tasks');
    for (const text of ['call', 'write', 'wait', 'bad']) amo.tasks.push(aDealTask({ dealId: source!.id, text }));
    amo.attributes = attributes;
    amo.taskRefusal = ({ text }) => (text === 'bad' ? { ...minds, path: 'text' } : null);
    const id = await house.order([source!]);
    await house.run(id);

    const [copy] = amo.copiesOf(source!.id);
    expect(amo.sizesOf('createTasks')).toEqual(sizes);
    expect(amo.tasks.filter(({ dealId }) => dealId === copy?.id).map(({ text }) => text)).toEqual([
      'call',
      'write',
      'wait',
    ]);
    expect(await house.items(id)).toMatchObject([
      { status: 'done', remarks: [{ code: 'deals.failure.task_refused', params: { task: 'bad' } }] },
    ]);
  });
});

describe('a batch that is too heavy', () => {
  const sources = () => Array.from({ length: 60 }, (_, n) => house.amo.addDeal({ name: `Deal ${n}` }));

  it.each([
    ['took effect', true, [50, 10]],
    ['did not', false, [50, 25, 25, 10]],
  ])('halves the next ones and is looked up once it has settled: it %s', async (_, applied, sizes) => {
    const deals = sources();
    house.amo.failNext('createDeals', tooHeavy(), { applied });
    const id = await house.order(deals);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.too_heavy' });
    expect(await house.chunk(id)).toMatchObject({ batchLimit: 25, leaseId: null, status: 'queued' });
    const steps = (await house.items(id)).map(({ step }) => step);
    expect(steps).toEqual([...Array<string>(50).fill('creating'), ...Array<string>(10).fill('new')]);

    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.busy' });
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(house.amo.sizesOf('createDeals')).toEqual(sizes);
    expect(deals.map(({ id: source }) => house.amo.copiesOf(source).length)).toEqual(Array(60).fill(1));
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 60 });
  });

  it('is halved again and again, from what was sent down to one', async () => {
    const deals = sources().slice(0, 20);
    const id = await house.order(deals);
    const limits: (number | undefined)[] = [];
    for (let tries = 0; tries < 6; tries++) {
      house.amo.failNext('createDeals', tooHeavy());
      await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.too_heavy' });
      limits.push((await house.chunk(id))?.batchLimit);
      await house.age(id, SETTLE_MS);
    }
    expect(limits).toEqual([10, 5, 3, 2, 1, 1]);
    await house.run(id);
    expect(deals.map(({ id: source }) => house.amo.copiesOf(source).length)).toEqual(Array(20).fill(1));
  });

  it('is halved for tasks and notes, too', async () => {
    const { amo } = house;
    const source = amo.addDeal();
    for (let n = 0; n < 200; n++) amo.tasks.push(aDealTask({ dealId: source.id, text: `task ${n}` }));
    amo.failNext('createTasks', tooHeavy());
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.too_heavy' });
    await house.age(id, SETTLE_MS);
    await house.run(id);
    const [first, ...rest] = amo.sizesOf('createTasks');
    expect(rest.reduce((sum, size) => sum + size, 0)).toBe(first);
    expect(rest.length).toBeGreaterThan(1);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded' });
  });
});
