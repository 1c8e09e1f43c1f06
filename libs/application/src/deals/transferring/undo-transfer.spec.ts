import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type AmoDealId, type TransferId } from '#domain/shared/ids.js';
import {
  GetTransferQuery,
  ListTransferItemsQuery,
  type TransferOptions,
  UndoTransferCommand,
} from '#application/deals/index.js';
import { aDealTask } from '#testing/deals/deal-samples.js';
import { type DealsHouse, dealsHouse } from '#testing/deals/deals-house.js';
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

const WANTED: Partial<TransferOptions> = {
  pipelineId: 4,
  responsible: { mode: 'user', userId: 6 },
  tasks: 'open',
  contacts: 'linked',
};
const aDeal = (over: object = {}) => {
  const { amo, transfers } = house;
  const contact = 80_000 + amo.deals.size;
  const deal = amo.addDeal({ contacts: [{ id: contact, isMain: true }], ...over });
  transfers.contacts.set(contact, 5);
  amo.tasks.push(aDealTask({ id: deal.id + 1e6, dealId: deal.id }));
  return { id: deal.id, contact };
};
const all = ({ id, contact }: { id: AmoDealId; contact: number }) => {
  const { pipelineId, stageId, responsibleUserId, lossReasonId } = house.amo.deals.get(id)!;
  const task = house.amo.tasks.find(({ dealId }) => dealId === id)?.responsibleUserId;
  return { pipelineId, stageId, responsibleUserId, lossReasonId, task, contact: house.transfers.contacts.get(contact) };
};
const change = (id: AmoDealId, over: object) => house.amo.deals.set(id, { ...house.amo.deals.get(id)!, ...over });
const undo = async (id: TransferId) => {
  const accepted = await house.crm.as('operator', () => house.crm.bus.execute(new UndoTransferCommand(id)));
  return accepted.id;
};
const undone = async (id: TransferId) => {
  const back = await undo(id);
  await house.runTransfer(back);
  return back;
};
const transferred = async (deals: readonly { id: AmoDealId }[], options: Partial<TransferOptions> = WANTED) => {
  const id = await house.transfer(deals, options);
  await house.runTransfer(id);
  return id;
};
const reports = async (id: TransferId) => {
  const query = new ListTransferItemsQuery(id, {}, { limit: 200 });
  const { items } = await house.crm.as('operator', () => house.crm.bus.ask(query));
  return items.map(({ remarks }) => remarks.map(({ code }) => code));
};

describe('undoing', () => {
  it('puts back all of it, and is itself undone the same way', async () => {
    const deals = [aDeal(), aDeal({ stageId: 143, lossReasonId: 77 })];
    const before = deals.map(all);
    const id = await transferred(deals);
    const after = deals.map(all);
    expect(after).not.toEqual(before);
    const back = await undone(id);
    expect(deals.map(all)).toEqual(before);
    const view = await house.crm.as('viewer', () => house.crm.bus.ask(new GetTransferQuery(back)));
    expect(view).toMatchObject({ status: 'succeeded', undoOf: id, progress: { total: 2, done: 2 } });
    await undone(back);
    expect(deals.map(all)).toEqual(after);
  });

  it('leaves alone what was changed since, and puts back the rest', async () => {
    const [stage, owner, gone] = [aDeal(), aDeal(), aDeal()];
    const id = await transferred([stage, owner, gone]);
    change(stage.id, { stageId: 142 });
    change(owner.id, { responsibleUserId: 8 });
    house.amo.deals.delete(gone.id);
    const back = await undone(id);
    expect(all(stage)).toMatchObject({ pipelineId: 4, stageId: 142, responsibleUserId: 5, task: 5, contact: 5 });
    expect(all(owner)).toMatchObject({ pipelineId: 3, stageId: 7, responsibleUserId: 8, task: 5, contact: 5 });
    expect(await reports(back)).toEqual([['deals.remark.deal_changed'], ['deals.remark.deal_changed'], []]);
    expect(await house.operation(back)).toMatchObject({ status: 'partially_succeeded', done: 2, failed: 1 });
  });

  it('has nothing to change where people have put it back already', async () => {
    const deal = aDeal();
    const id = await transferred([deal], { pipelineId: 4 });
    change(deal.id, { pipelineId: 3, stageId: 7 });
    house.transfers.behave();
    const back = await undone(id);
    expect(house.transfers.patches).toEqual([]);
    expect(await reports(back)).toEqual([['deals.remark.nothing_to_change']]);
  });

  it('leaves out deals of which nothing was changed', async () => {
    const [moved, idle] = [aDeal(), aDeal({ pipelineId: 4, stageId: 41 })];
    const id = await transferred([idle, moved], { pipelineId: 4 });
    const back = await undone(id);
    expect((await house.items(back)).map(({ source }) => source)).toEqual([moved.id]);
  });

  it('is refused while the transfer runs, where nothing was changed, and of what is no transfer', async () => {
    const deal = aDeal({ pipelineId: 4, stageId: 41 });
    const id = await house.transfer([deal], { pipelineId: 4 });
    await expect(undo(id)).rejects.toMatchObject({ code: 'deals.transfer_running' });
    await house.runTransfer(id);
    await expect(undo(id)).rejects.toMatchObject({ code: 'deals.transfer_nothing_to_undo' });
    await expect(undo(asId<TransferId>(v7()))).rejects.toMatchObject({ code: 'deals.transfer_not_found' });
    await expect(undo(await house.order([deal]))).rejects.toMatchObject({ code: 'deals.transfer_not_found' });
  });

  it('twice at once is one operation', async () => {
    const id = await transferred([aDeal()]);
    const [first, second] = await Promise.all([undo(id), undo(id)]);
    expect(first).toBe(second);
    await house.runTransfer(first);
  });
});
