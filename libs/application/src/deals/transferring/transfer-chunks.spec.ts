import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OperationId } from '#domain/shared/ids.js';
import {
  CancelCopyCommand,
  GetCopyQuery,
  GetTransferQuery,
  ListCopiesQuery,
  ListTransfersQuery,
  RequeueChunkCommand,
  RetryTransferCommand,
  type TransferOptions,
} from '#application/deals/index.js';
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
beforeEach(() => {
  house.amo.behave();
  house.transfers.behave();
});
afterEach(async () => {
  expect(await house.inconsistencies()).toEqual([]);
});

const ANNA: Partial<TransferOptions> = { responsible: { mode: 'user', userId: 6 } };
const someDeals = (count: number, over: object = {}) => Array.from({ length: count }, () => house.amo.addDeal(over));
const jobsOf = async (id: OperationId) => {
  const rows = await database.owner.query<{ name: string }[]>(
    `SELECT name FROM outbox WHERE kind = 'job' AND payload->>'operationId' = $1 ORDER BY id`,
    [id],
  );
  return rows.map(({ name }) => name);
};
const system = <T>(work: () => Promise<T>) => house.crm.as('system', work);
const operator = <T>(work: () => Promise<T>) => house.crm.as('operator', work);

describe('the chunks of a transfer', () => {
  it('have jobs of their own, in the lane of their size', async () => {
    expect(await jobsOf(await house.transfer(someDeals(10), ANNA))).toEqual(['deals.transfer-chunk']);
    expect(await jobsOf(await house.transfer(someDeals(11), ANNA))).toEqual(['deals.transfer-bulk-chunk']);
  });

  it('share what is known across the operation: a contact is handed over once', async () => {
    house.transfers.contacts.set(77_000, 5);
    const id = await house.transfer(someDeals(251, { contacts: [{ id: 77_000, isMain: true }] }), {
      ...ANNA,
      contacts: 'linked',
    });
    await house.runTransfer(id, { chunk: 0 });
    // Somebody else gets the contact before the second chunk comes to it.
    house.transfers.contacts.set(77_000, 8);
    await house.runTransfer(id, { chunk: 1 });
    expect(house.amo.sizesOf('changeContacts')).toEqual([1]);
    expect(house.transfers.contacts.get(77_000)).toBe(8);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 251 });
  });

  it('whose job was lost are queued anew as what they are', async () => {
    const deals = someDeals(2);
    const id = await house.transfer(deals, ANNA);
    await database.owner.query(
      `UPDATE copy_chunks SET touched_at = now() - interval '1 minute' WHERE operation_id = $1`,
      [id],
    );
    const ref = { operationId: id, chunk: 0, run: 1 };
    expect(await system(() => house.crm.bus.execute(new RequeueChunkCommand(ref, 1_000)))).toBe(true);
    expect(await jobsOf(id)).toEqual(['deals.transfer-chunk', 'deals.transfer-chunk']);
    await house.runTransfer(id, { run: 1 });
    expect(house.transfers.patches).toEqual([]);
    await house.runTransfer(id, { run: 2 });
    expect(house.transfers.patches).toHaveLength(2);
  });

  it('that are given up say so, and a retry finds out what had been written', async () => {
    const [written, lost] = [someDeals(1), someDeals(1)].flat();
    house.amo.failNext('changeDeals', unreachable('unknown'), { applied: true });
    const id = await house.transfer([written!, lost!], ANNA);
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    const ref = { operationId: id, chunk: 0, run: 1 };
    await system(() => house.crm.bus.execute(new FailChunkCommand(ref, 'crm.unreachable')));
    expect(await house.items(id)).toMatchObject([
      { status: 'failed', step: 'moving', error: { code: 'deals.failure.transfer_gave_up' } },
      { status: 'failed', step: 'moving' },
    ]);
    house.amo.deals.set(lost!.id, lost!);
    house.transfers.behave();
    await house.age(id, SETTLE_MS);
    await operator(() => house.crm.bus.execute(new RetryTransferCommand(id)));
    await house.runTransfer(id, { run: 2 });
    expect(house.transfers.patches.map((patch) => patch.id)).toEqual([lost!.id]);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 2, failed: 0 });
  });
});

describe('copies and transfers', () => {
  it('are told apart by every question and order', async () => {
    const [copy, transfer] = [await house.order(someDeals(1)), await house.transfer(someDeals(1), ANNA)];
    const { bus } = house.crm;
    const page = { limit: 200 };
    const copies = await operator(() => bus.ask(new ListCopiesQuery({}, page)));
    const transfers = await operator(() => bus.ask(new ListTransfersQuery({}, page)));
    expect(copies.items.map(({ id }) => id)).toEqual([copy]);
    expect(transfers.items.map(({ id }) => id)).toContain(transfer);
    expect(transfers.items.map(({ id }) => id)).not.toContain(copy);
    await expect(operator(() => bus.ask(new GetCopyQuery(transfer)))).rejects.toMatchObject({
      code: 'deals.copy_not_found',
    });
    await expect(operator(() => bus.ask(new GetTransferQuery(copy)))).rejects.toMatchObject({
      code: 'deals.transfer_not_found',
    });
    await expect(operator(() => bus.execute(new CancelCopyCommand(transfer)))).rejects.toMatchObject({
      code: 'deals.copy_not_found',
    });
    await expect(house.run(transfer)).rejects.toThrow('is no copy');
  });

  it('are nobody else’s: another workspace sees none of a transfer', async () => {
    const id = await house.transfer(someDeals(1), ANNA);
    await house.runTransfer(id);
    const other = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' as typeof house.crm.workspaceId;
    await expect(house.crm.as('admin', () => house.crm.bus.ask(new GetTransferQuery(id)), other)).rejects.toMatchObject(
      { code: 'deals.transfer_not_found' },
    );
  });
});
