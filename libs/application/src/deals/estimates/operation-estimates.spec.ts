import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CopyOperationId, TransferId } from '#domain/shared/ids.js';
import { DisconnectCommand, LimitConnectionCommand } from '#application/crm/index.js';
import { unreachable } from '#testing/deals/copy-faults.js';
import { aDealTask } from '#testing/deals/deal-samples.js';
import { type DealsHouse, dealsHouse } from '#testing/deals/deals-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { GetCopyQuery } from '../queries/get-copy/get-copy.query.js';
import { GetTransferQuery } from '../queries/get-transfer/get-transfer.query.js';
import { ListCopiesQuery } from '../queries/list-copies/list-copies.query.js';
import { ListTransfersQuery } from '../queries/list-transfers/list-transfers.query.js';
import { PreviewCopyQuery } from '../queries/preview-copy/preview-copy.query.js';
import type { EstimateView } from './estimate.view.js';

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
beforeEach(async () => {
  await house.crm.connect();
  // What an earlier test left open would stand in the line.
  await database.owner.query(`UPDATE copy_operations SET status = 'cancelled' WHERE status IN ('queued', 'running')`);
});

const someDeals = (count: number) => Array.from({ length: count }, () => house.amo.addDeal());
const view = (id: CopyOperationId) => house.crm.as('viewer', () => house.crm.bus.ask(new GetCopyQuery(id)));
const estimate = async (id: CopyOperationId): Promise<EstimateView> => {
  const { estimate: found } = await view(id);
  if (!found) throw new Error('There is no estimate');
  return found;
};
const list = () => house.crm.as('viewer', () => house.crm.bus.ask(new ListCopiesQuery({}, { limit: 200 })));
const limit = (requestsPerSecond: number | null) =>
  house.crm.as('admin', () => house.crm.bus.execute(new LimitConnectionCommand({ requestsPerSecond })));

describe('the estimate of an operation', () => {
  it('falls to 0 as the operation goes on, chunk by chunk', async () => {
    const id = await house.order(someDeals(260));
    const whole = await estimate(id);
    expect(whole.remainingRequests).toBeGreaterThan(10);
    expect(whole.secondsLeft).toBe(Math.ceil(whole.remainingRequests / 7));

    await house.run(id, { chunk: 0 });
    const rest = await estimate(id);
    expect(rest.remainingRequests).toBeGreaterThan(0);
    expect(rest.remainingRequests).toBeLessThan(whole.remainingRequests);

    await house.run(id, { chunk: 1 });
    expect(await view(id)).toMatchObject({
      status: 'succeeded',
      estimate: { remainingRequests: 0, secondsLeft: 0 },
    });
  });

  it('reckons with what goes first in the same account, and hardly with what comes after', async () => {
    const bulk = await house.order(someDeals(500));
    const alone = await estimate(bulk);
    const person = await house.order(someDeals(1));
    const besideBulk = await estimate(person);

    expect((await estimate(bulk)).secondsLeft).toBeGreaterThan(alone.secondsLeft);
    expect(besideBulk.secondsLeft).toBeLessThanOrEqual(Math.ceil(besideBulk.remainingRequests / 6));
    expect((await list()).items.find(({ id }) => id === bulk)?.estimate).toEqual(await estimate(bulk));
  });

  it('knows the newest order also where very many wait, whose work is not read anew each time', async () => {
    const placed = [];
    for (let order = 0; order < 100; order++) placed.push(await house.order(someDeals(1)));
    const first = await estimate(placed[0]!);
    const newest = await house.order(someDeals(1));
    expect(await estimate(newest)).toMatchObject({ remainingRequests: first.remainingRequests });
  });

  it('goes by the limit of the account, as the preview does', async () => {
    const sources = someDeals(300);
    const id = await house.order(sources);
    const input = { sourceIds: sources.map((source) => source.id), options: {} };
    const preview = () => house.crm.as('operator', () => house.crm.bus.ask(new PreviewCopyQuery(input)));
    const [slow, slowPreview] = [await estimate(id), await preview()];
    await limit(50);
    const [fast, fastPreview] = [await estimate(id), await preview()];
    await limit(null);

    expect(fast.remainingRequests).toBe(slow.remainingRequests);
    expect(fast.secondsLeft).toBeLessThan(slow.secondsLeft);
    expect(fastPreview.cost.seconds).toBeLessThan(slowPreview.cost.seconds);
  });

  it('is not given while the account takes no calls, and 0 for what has ended', async () => {
    const open = await house.order(someDeals(1));
    const ended = await house.order(someDeals(1));
    await house.run(ended);
    await house.crm.as('admin', () => house.crm.bus.execute(new DisconnectCommand()));

    expect((await view(open)).estimate).toBeNull();
    expect((await view(ended)).estimate).toEqual({ remainingRequests: 0, secondsLeft: 0 });
  });
});

describe('the estimate of a transfer', () => {
  const TO_ANNA = { responsible: { mode: 'user', userId: 6 } } as const;
  const transferView = (id: TransferId) => house.crm.as('viewer', () => house.crm.bus.ask(new GetTransferQuery(id)));
  const listed = async (id: TransferId) => {
    const { items } = await house.crm.as('viewer', () => house.crm.bus.ask(new ListTransfersQuery({}, { limit: 200 })));
    return items.find((item) => item.id === id)?.estimate;
  };

  it('falls to 0 as the transfer goes on, in its view and in the list', async () => {
    const id = await house.transfer(someDeals(260), TO_ANNA);
    const { estimate: whole } = await transferView(id);
    expect(whole).toEqual({ remainingRequests: 8, secondsLeft: 2 });
    await house.runTransfer(id, { chunk: 0 });
    const { estimate: rest } = await transferView(id);
    expect(rest).toEqual({ remainingRequests: 2, secondsLeft: 1 });
    expect(await listed(id)).toEqual(rest);
    await house.runTransfer(id, { chunk: 1 });
    expect(await transferView(id)).toMatchObject({
      status: 'succeeded',
      estimate: { remainingRequests: 0, secondsLeft: 0 },
    });
  });

  it('counts by the step that an interrupted transfer has come to', async () => {
    const sources = someDeals(2);
    for (const { id: dealId } of sources) house.amo.tasks.push(aDealTask({ dealId }));
    const id = await house.transfer(sources, { ...TO_ANNA, tasks: 'open' });
    const { estimate: whole } = await transferView(id);
    house.amo.failNext('changeTasks', unreachable('unknown'));
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    const { estimate: rest } = await transferView(id);
    expect([whole?.remainingRequests, rest?.remainingRequests]).toEqual([4, 1]);
  });

  it('reckons with the copies of the same account, and they with it', async () => {
    const copies = await house.order(someDeals(300));
    const copiesAlone = await estimate(copies);
    const transfer = await house.transfer(someDeals(300), TO_ANNA);
    const { estimate: beside } = await transferView(transfer);
    expect(beside?.secondsLeft).toBeGreaterThan(Math.ceil((beside?.remainingRequests ?? 0) / 7));
    expect((await estimate(copies)).secondsLeft).toBeGreaterThan(copiesAlone.secondsLeft);
  });

  it('is not given while the account takes no calls', async () => {
    const id = await house.transfer(someDeals(1), TO_ANNA);
    await house.crm.as('admin', () => house.crm.bus.execute(new DisconnectCommand()));
    expect((await transferView(id)).estimate).toBeNull();
    expect(await listed(id)).toBeNull();
  });
});
