import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aDealTask, TEXT_FIELD_ID } from '#testing/deals/deal-samples.js';
import { unreachable } from '#testing/deals/copy-faults.js';
import { type DealsHouse, dealsHouse, SETTLE_MS } from '#testing/deals/deals-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { FailChunkCommand } from '../commands/fail-chunk/fail-chunk.command.js';

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

const minds = { code: 'NotSupportedChoice', detail: 'no' };
const FIELD = { fieldId: TEXT_FIELD_ID, name: 'Адрес', code: null, type: 'text', isComputed: false };
const aFussyDeal = () => house.amo.addDeal({ fields: [{ ...FIELD, values: [{ value: 'bad' }] }] });
const mindTheField = () => {
  house.amo.refusal = ({ fields }) =>
    fields.some(({ values }) => values[0]?.['value'] === 'bad') ? { ...minds, path: 'custom_fields_values.0' } : null;
};
const withTasks = (...texts: string[]) => {
  const source = house.amo.addDeal();
  for (const text of texts) house.amo.tasks.push(aDealTask({ dealId: source.id, text }));
  house.amo.taskRefusal = ({ text }) => (text.startsWith('bad') ? { ...minds, path: 'text' } : null);
  return source;
};
const remarksOf = async (id: Parameters<DealsHouse['items']>[0]) =>
  (await house.items(id)).map(({ status, remarks }) => [status, remarks.map(({ code }) => code)]);

const NO_FIELD = 'deals.remark.refused_field';
const NO_TASK = 'deals.failure.task_refused';

describe('what amoCRM refused of a copy is told by the next worker, too, when the first one died', () => {
  it('between the refusal of a part and the next part', async () => {
    const source = withTasks('call', 'bad');
    house.amo.failNext('createNotes', unreachable('unknown'));
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await remarksOf(id)).toEqual([['running', [NO_TASK]]]);
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(await remarksOf(id)).toEqual([['done', [NO_TASK]]]);
  });

  it.each([
    ['knew that the mended deal was there', 'linkProducts', true, 2],
    ['knew: created', 'createDeals', true, 2],
    ['knew: not created', 'createDeals', false, 4],
  ] as const)('before it %s', async (_, method, applied, creations) => {
    const { amo } = house;
    mindTheField();
    const source = aFussyDeal();
    const line = { catalogId: 77, elementId: 9, quantity: 1, priceId: null };
    amo.deals.set(source.id, { ...source, products: [line] });
    amo.products.push({ catalogId: 77, elementId: 9, name: 'P', isArchived: false });
    let seen = 0;
    amo.onCall = (called) => {
      // The mended deal goes in the second creation.
      if (called === method && ++seen === (method === 'createDeals' ? 2 : 1))
        amo.failNext(method, unreachable('unknown'), { applied });
    };
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    amo.onCall = () => undefined;
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(await remarksOf(id)).toEqual([['done', [NO_FIELD]]]);
    expect(amo.copiesOf(source.id)).toHaveLength(1);
    expect(amo.sizesOf('createDeals')).toHaveLength(creations);
  });

  it('and its job was given up: the failed item tells it', async () => {
    const source = withTasks('bad');
    house.amo.onCall = (method) => {
      if (method === 'createNotes') throw unreachable('none');
    };
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    const giveUp = new FailChunkCommand({ operationId: id, chunk: 0, run: 1 }, 'crm.unreachable');
    await house.crm.as('system', () => house.crm.bus.execute(giveUp));
    expect(await remarksOf(id)).toEqual([['failed', [NO_TASK]]]);
  });
});

describe('what is told of a resumed copy', () => {
  it('is told once for each refusal, however often a part is written again', async () => {
    const source = withTasks('bad 1', 'bad 2', 'call');
    const { amo } = house;
    let seen = 0;
    amo.onCall = (method) => {
      // Without the refused ones, but before it is known.
      if (method === 'createTasks' && ++seen === 2)
        amo.failNext('createTasks', unreachable('unknown'), { applied: true });
    };
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    amo.onCall = () => undefined;
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(await remarksOf(id)).toEqual([['done', [NO_TASK, NO_TASK]]]);
  });

  it('is nothing of a refusal that is over by the time the deal is made', async () => {
    const source = aFussyDeal();
    const { amo } = house;
    mindTheField();
    let seen = 0;
    amo.onCall = (method) => {
      if (method === 'createDeals' && ++seen === 2) amo.failNext('createDeals', unreachable('unknown'));
    };
    const id = await house.order([source]);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await remarksOf(id)).toEqual([['running', [NO_FIELD]]]);
    amo.behave();
    await house.age(id, SETTLE_MS);
    await house.run(id);
    expect(await remarksOf(id)).toEqual([['done', []]]);
    expect(amo.copiesOf(source.id)[0]?.fields.some(({ fieldId }) => fieldId === TEXT_FIELD_ID)).toBe(true);
  });
});
