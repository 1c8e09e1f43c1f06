import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AmoDealId, AmoUserId, TransferId } from '#domain/shared/ids.js';
import { ListTransferItemsQuery } from '#application/deals/index.js';
import { unreachable } from '#testing/deals/copy-faults.js';
import { aDealTask } from '#testing/deals/deal-samples.js';
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
beforeEach(() => {
  house.amo.behave();
  house.transfers.behave();
});
afterEach(async () => {
  expect(await house.inconsistencies()).toEqual([]);
});

const WANTED = { pipelineId: 4, responsible: { mode: 'user', userId: 6 }, tasks: 'open' } as const;
const aDeal = () => {
  const deal = house.amo.addDeal();
  house.amo.tasks.push(aDealTask({ id: deal.id + 1e6, dealId: deal.id }));
  return deal;
};
const now = (id: AmoDealId) => house.amo.deals.get(id);
const ownerOfTask = (id: AmoDealId) => house.amo.tasks.find((task) => task.dealId === id)?.responsibleUserId;
const change = (id: AmoDealId, over: object) => house.amo.deals.set(id, { ...now(id)!, ...over });
const codes = async (id: TransferId) => {
  const query = new ListTransferItemsQuery(id, {}, { limit: 200 });
  const { items } = await house.crm.as('operator', () => house.crm.bus.ask(query));
  return items.map(({ status, remarks }) => [status, ...remarks.map(({ code }) => code)].join(' '));
};
const resume = async (id: TransferId) => {
  await house.age(id, SETTLE_MS);
  await house.runTransfer(id);
};

describe('a move whose outcome is unknown', () => {
  it('is looked at only once it cannot arrive any more', async () => {
    const deal = aDeal();
    house.amo.failNext('changeDeals', unreachable('unknown'), { applied: true });
    const id = await house.transfer([deal], WANTED);
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await house.items(id)).toMatchObject([{ status: 'running', step: 'moving' }]);
    house.amo.calls.length = 0;
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.busy' });
    expect(house.amo.calls).toEqual([]);
  });

  it('is ours already, still as before, or changed by somebody and then left alone', async () => {
    const [ours, before, foreign, gone] = [aDeal(), aDeal(), aDeal(), aDeal()];
    house.amo.failNext('changeDeals', unreachable('unknown'), { applied: true });
    const id = await house.transfer([ours, before, foreign, gone], WANTED);
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    // The write had reached amoCRM; then people came.
    change(before.id, { pipelineId: 3, stageId: 7, responsibleUserId: 5 });
    change(foreign.id, { stageId: 142 });
    house.amo.deals.delete(gone.id);
    house.transfers.patches.length = 0;

    await resume(id);
    const moved = house.transfers.patches.filter(({ entity }) => entity === 'deal').map((patch) => patch.id);
    expect(moved).toEqual([before.id]);
    expect(now(foreign.id)).toMatchObject({ pipelineId: 4, stageId: 142, responsibleUserId: 6 });
    expect([ours, before, foreign].map((deal) => ownerOfTask(deal.id))).toEqual([6, 6, 6]);
    expect(await codes(id)).toEqual(['done', 'done', 'done deals.remark.deal_changed', 'failed']);
    expect(await house.operation(id)).toMatchObject({ status: 'partially_succeeded', done: 3, failed: 1 });
  });

  it('that surely had no effect is sent again at once, from what the deal is now', async () => {
    const deal = aDeal();
    house.amo.failNext('changeDeals', unreachable('none'));
    const id = await house.transfer([deal], WANTED);
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await house.items(id)).toMatchObject([{ step: 'new' }]);
    change(deal.id, { responsibleUserId: 8 });
    await house.runTransfer(id);
    expect(now(deal.id)).toMatchObject({ pipelineId: 4, responsibleUserId: 6 });
    const [row] = await database.owner.query<{ before: object }[]>(
      `SELECT before FROM transfer_changes WHERE operation_id = $1 AND entity = 'deal'`,
      [id],
    );
    expect(row?.before).toMatchObject({ responsibleUserId: 8 });
  });
});

describe('what is handed over with a deal', () => {
  it.each([true, false])('is written once when it was interrupted, whether it arrived or not (%s)', async (applied) => {
    const deal = aDeal();
    house.amo.failNext('changeTasks', unreachable('unknown'), { applied });
    const id = await house.transfer([deal], WANTED);
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await house.items(id)).toMatchObject([{ step: 'tasking' }]);
    await resume(id);
    expect(house.transfers.patches.filter(({ entity }) => entity === 'task')).toHaveLength(1);
    expect(house.amo.sizesOf('changeDeals')).toEqual([1]);
    expect(await codes(id)).toEqual(['done']);
  });

  it('is left alone when somebody has taken it meanwhile', async () => {
    const deal = aDeal();
    house.amo.failNext('changeTasks', unreachable('none'));
    const id = await house.transfer([deal], WANTED);
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(await house.items(id)).toMatchObject([{ step: 'moved' }]);
    const index = house.amo.tasks.findIndex((task) => task.dealId === deal.id);
    house.amo.tasks[index] = { ...house.amo.tasks[index]!, responsibleUserId: 8 as AmoUserId };
    await house.runTransfer(id);
    expect(ownerOfTask(deal.id)).toBe(8);
    expect(await codes(id)).toEqual(['done deals.remark.task_changed']);
  });

  it('keeps its remark through another death', async () => {
    const [deal, other] = [aDeal(), aDeal()];
    const id = await house.transfer([deal, other], WANTED);
    house.transfers.refusal = ({ entity, id: task }) =>
      entity === 'task' && task === deal.id + 1e6 ? { code: 'NotSupportedChoice', path: 'x', detail: 'no' } : null;
    house.amo.onCall = (method) => {
      // The second try, without the refused one, gets no answer.
      if (method === 'changeTasks' && house.amo.sizesOf('changeTasks').length === 2) throw unreachable('unknown');
    };
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    house.amo.onCall = () => undefined;
    await resume(id);
    expect(await codes(id)).toEqual(['done deals.remark.task_not_handed', 'done']);
    expect(ownerOfTask(other.id)).toBe(6);
  });
});
