import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { DisconnectCommand, LimitConnectionCommand } from '#application/crm/index.js';
import { type DealsHouse, dealsHouse } from '#testing/deals/deals-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { ListCopiesQuery } from '../list-copies/list-copies.query.js';
import { PreviewCopyQuery } from '../preview-copy/preview-copy.query.js';
import type { CopyEstimateView } from './copy.view.js';
import { GetCopyQuery } from './get-copy.query.js';

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
const estimate = async (id: CopyOperationId): Promise<CopyEstimateView> => {
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
