import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AmoDealId, AmoUserId, TransferId } from '#domain/shared/ids.js';
import type { SourceDeal } from '#domain/deals/source-deal.js';
import {
  CancelTransferCommand,
  ListTransferItemsQuery,
  PreviewTransferQuery,
  RetryTransferCommand,
  TransferDealsCommand,
  type TransferOptions,
} from '#application/deals/index.js';
import { tooHeavy } from '#testing/deals/copy-faults.js';
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

const someDeals = (count: number) => Array.from({ length: count }, (_, n) => house.amo.addDeal({ name: `Deal ${n}` }));
const now = ({ id }: { readonly id: AmoDealId }) => house.amo.deals.get(id);
const items = async (id: TransferId) => {
  const page = await house.crm.as('operator', () =>
    house.crm.bus.ask(new ListTransferItemsQuery(id, {}, { limit: 200 })),
  );
  return page.items;
};
const transferred = async (deals: readonly SourceDeal[], options: Partial<TransferOptions>) => {
  const id = await house.transfer(deals, options);
  await house.runTransfer(id);
  return id;
};
const ANNA: Partial<TransferOptions> = { responsible: { mode: 'user', userId: 6 } };
const refused = (id: number) => (patch: { readonly id: number }) =>
  patch.id === id ? { code: 'NotSupportedChoice', path: 'status_id', detail: 'no' } : null;

/** A deal with a task, a contact and a company of user 5. */
const aRichDeal = () => {
  const { amo, transfers } = house;
  const at = amo.deals.size + amo.tasks.length;
  const [contact, company, task] = [90_000 + at, 91_000 + at, 92_000 + at];
  const deal = amo.addDeal({ contacts: [{ id: contact, isMain: true }], companyId: company });
  transfers.contacts.set(contact, 5);
  transfers.companies.set(company, 5);
  amo.tasks.push(aDealTask({ id: task, dealId: deal.id }));
  return { deal, contact, company, task };
};

describe('a transfer', () => {
  it('moves deals in batches and tells what each was', async () => {
    const deals = someDeals(60);
    const id = await transferred(deals, { pipelineId: 4, stageId: 41 });
    expect(house.amo.sizesOf('changeDeals')).toEqual([50, 10]);
    expect(deals.map((deal) => now(deal)?.stageId)).toEqual(Array(60).fill(41));
    expect(await house.operation(id)).toEqual({ status: 'succeeded', total: 60, done: 60, failed: 0, cancelled: 0 });
    const [first] = await items(id);
    expect(first).toMatchObject({
      status: 'done',
      step: 'entrusted',
      remarks: [],
      changes: [
        {
          entity: 'deal',
          entityId: deals[0]?.id,
          before: { pipelineId: 3, stageId: 7, responsibleUserId: 5, lossReasonId: null },
          after: { pipelineId: 4, stageId: 41, responsibleUserId: 5, lossReasonId: null },
          state: 'written',
        },
      ],
    });
  });

  it('hands tasks, contacts and company to the new responsible', async () => {
    const { deal, contact, company, task } = aRichDeal();
    await transferred([deal], { ...ANNA, tasks: 'open', contacts: 'linked' });
    expect(now(deal)).toMatchObject({ responsibleUserId: 6, stageId: 7 });
    expect(house.amo.tasks.find(({ id }) => id === task)?.responsibleUserId).toBe(6);
    expect([house.transfers.contacts.get(contact), house.transfers.companies.get(company)]).toEqual([6, 6]);
    // Only what changes is sent.
    expect(house.transfers.patches[0]).toEqual({ entity: 'deal', id: deal.id, responsibleUserId: 6 });
  });

  it('leaves what was not asked for alone', async () => {
    const { deal, contact, task } = aRichDeal();
    await transferred([deal], ANNA);
    expect(house.amo.tasks.find(({ id }) => id === task)?.responsibleUserId).toBe(5);
    expect(house.transfers.contacts.get(contact)).toBe(5);
    expect(house.amo.calls.map(({ method }) => method)).toEqual(['readDeals', 'changeDeals']);
  });

  it('sends nothing for a deal that is there already', async () => {
    const deal = house.amo.addDeal({ pipelineId: 4, stageId: 41 });
    const id = await transferred([deal], { pipelineId: 4, stageId: 41 });
    expect(house.transfers.patches).toEqual([]);
    expect(await items(id)).toMatchObject([
      { status: 'done', remarks: [{ code: 'deals.remark.nothing_to_change' }], changes: [] },
    ]);
  });

  it('lets users take turns, and goes on with the turn', async () => {
    const rota: Partial<TransferOptions> = { responsible: { mode: 'round_robin', userIds: [6, 8] } };
    const [first, second] = [someDeals(3), someDeals(1)];
    await transferred(first, rota);
    await transferred(second, rota);
    expect([...first, ...second].map((deal) => now(deal)?.responsibleUserId)).toEqual([6, 8, 6, 8]);
  });

  it('hands a shared contact over once, and says so when it goes to somebody else', async () => {
    const { deal, contact } = aRichDeal();
    const other = house.amo.addDeal({ contacts: [{ id: contact, isMain: true }] });
    const id = await transferred([deal, other], {
      responsible: { mode: 'round_robin', userIds: [8, 6] },
      contacts: 'linked',
    });
    expect(house.amo.sizesOf('changeContacts')).toEqual([1]);
    expect(house.transfers.contacts.get(contact)).toBe(now(deal)?.responsibleUserId);
    expect(await items(id)).toMatchObject([{ remarks: [] }, { remarks: [{ code: 'deals.remark.contact_taken' }] }]);
  });

  it('gives lost deals their reason, and takes it off deals that are lost no more', async () => {
    const [open, lost] = [house.amo.addDeal(), house.amo.addDeal({ stageId: 143, lossReasonId: 77 })];
    await transferred([open], { stageId: 143, lossReasonId: 77 });
    expect(now(open)).toMatchObject({ pipelineId: 3, stageId: 143, lossReasonId: 77 });
    await transferred([lost], { pipelineId: 4 });
    expect(now(lost)).toMatchObject({ pipelineId: 4, stageId: 41, lossReasonId: null });
    expect(house.transfers.patches.at(-1)).not.toHaveProperty('lossReasonId');
  });

  it('fails a deal that is not there, and none but it', async () => {
    const [deal] = someDeals(1);
    const id = await transferred([deal!, { ...deal!, id: 1 as AmoDealId }], ANNA);
    expect(await house.operation(id)).toMatchObject({ status: 'partially_succeeded', done: 1, failed: 1 });
    expect((await items(id))[1]).toMatchObject({ error: { code: 'deals.failure.source_not_found' } });
  });
});

describe('what amoCRM refuses', () => {
  it.each([true, false])('fails alone, whether amoCRM names it or not (%s), and can be retried', async (attributes) => {
    const deals = someDeals(8);
    const bad = deals[3]!;
    house.amo.attributes = attributes;
    house.transfers.refusal = refused(bad.id);
    const id = await transferred(deals, { pipelineId: 4 });
    expect(await house.operation(id)).toMatchObject({ status: 'partially_succeeded', done: 7, failed: 1 });
    expect((await items(id))[3]).toMatchObject({
      status: 'failed',
      step: 'new',
      error: { code: 'deals.failure.transfer_refused' },
    });
    house.transfers.behave();
    await house.crm.as('operator', () => house.crm.bus.execute(new RetryTransferCommand(id)));
    await house.runTransfer(id, { run: 2 });
    expect(house.transfers.patches.map((patch) => patch.id)).toEqual([bad.id]);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 8, failed: 0 });
  });

  it('of what is handed over with a deal is told with it', async () => {
    const { deal, contact } = aRichDeal();
    house.transfers.refusal = refused(contact);
    const id = await transferred([deal], { ...ANNA, contacts: 'linked' });
    expect(await items(id)).toMatchObject([
      { status: 'done', remarks: [{ code: 'deals.remark.contact_not_handed', params: { contact } }] },
    ]);
    const changes = (await items(id))[0]?.changes.map(({ entity, state }) => [entity, state]);
    expect(changes).toEqual([
      ['deal', 'written'],
      ['company', 'written'],
      ['contact', 'left'],
    ]);
  });

  it('as too much is sent again by half, once the first has settled', async () => {
    const deals = someDeals(40);
    house.amo.failNext('changeDeals', tooHeavy());
    const id = await house.transfer(deals, ANNA);
    await expect(house.runTransfer(id)).rejects.toMatchObject({ code: 'crm.too_heavy' });
    await house.age(id, SETTLE_MS);
    await house.runTransfer(id);
    expect(house.amo.sizesOf('changeDeals')).toEqual([40, 20, 20]);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded' });
  });
});

describe('cancelling a transfer', () => {
  it('between batches completes what was moved and leaves the rest', async () => {
    const deals = someDeals(120);
    for (const { id: dealId } of deals) house.amo.tasks.push(aDealTask({ id: dealId + 1e6, dealId }));
    const id = await house.transfer(deals, { ...ANNA, tasks: 'open' });
    house.amo.onCall = async (method) => {
      if (method === 'changeDeals')
        await house.crm.as('operator', () => house.crm.bus.execute(new CancelTransferCommand(id)));
    };
    await house.runTransfer(id);
    expect(house.amo.sizesOf('changeDeals')).toEqual([50]);
    expect(house.amo.sizesOf('changeTasks')).toEqual([50]);
    expect(await house.operation(id)).toEqual({ status: 'cancelled', total: 120, done: 50, failed: 0, cancelled: 70 });
    await expect(
      house.crm.as('operator', () => house.crm.bus.execute(new CancelTransferCommand(id))),
    ).rejects.toMatchObject({ code: 'deals.transfer_finished' });
  });
});

describe('asking for a transfer', () => {
  const faults = async (options: Partial<TransferOptions>) => {
    const error: unknown = await house.transfer(someDeals(1), options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'deals.transfer_options_invalid' });
    return (error as { issues: { path: string; code: string }[] }).issues.map(({ path, code }) => `${path}: ${code}`);
  };

  it.each<[string[], Partial<TransferOptions>]>([
    [['options: nothing_to_do'], {}],
    [
      ['options.tasks: needs_responsible', 'options.contacts: needs_responsible'],
      { pipelineId: 4, tasks: 'open', contacts: 'linked' },
    ],
    [['options.stageId: unsorted_stage'], { stageId: 40 }],
    [['options.pipelineId: unknown_pipeline'], { pipelineId: 999 }],
    [['options.lossReasonId: not_lost'], { stageId: 41, lossReasonId: 77 }],
    [['options.lossReasonId: unknown_loss_reason'], { stageId: 143, lossReasonId: 78 }],
    [['options.responsible.userId: unknown_user'], { responsible: { mode: 'user', userId: 999 } }],
    [['options.responsible.mode: unknown_requester'], { responsible: { mode: 'requester' } }],
  ])('%s', async (expected, options) => {
    expect(await faults(options)).toEqual(expected);
  });

  it('twice at once is one transfer; the same copy is another thing', async () => {
    const deals = someDeals(2);
    const ids = await Promise.all([house.transfer(deals, ANNA), house.transfer(deals, ANNA)]);
    expect(ids[0]).toBe(ids[1]);
    expect(await house.order(deals)).not.toBe(ids[0]);
  });

  it('is for those who may', async () => {
    const command = new TransferDealsCommand({ sourceIds: [1 as AmoDealId], options: ANNA });
    await expect(house.crm.as('viewer', () => house.crm.bus.execute(command))).rejects.toMatchObject({
      code: 'shared.forbidden',
    });
  });

  it('can be tried beforehand: who goes where, what goes with it, and the cost', async () => {
    const { deal } = aRichDeal();
    const idle = house.amo.addDeal({ pipelineId: 4, stageId: 41, responsibleUserId: 6 as AmoUserId });
    const input = {
      sourceIds: [deal.id, idle.id, 2 as AmoDealId],
      options: { ...ANNA, pipelineId: 4, tasks: 'open', contacts: 'linked' } as const,
    };
    const preview = await house.crm.as('operator', () => house.crm.bus.ask(new PreviewTransferQuery(input)));
    expect(house.transfers.patches).toEqual([]);
    expect(preview).toMatchObject({ total: 3, sampled: 3, cost: { seconds: 2 } });
    expect(preview.cost.requests).toBeGreaterThanOrEqual(8);
    expect(preview.items).toMatchObject([
      {
        differences: [
          { part: 'pipeline', before: 'Продажи', after: 'Сервис' },
          { part: 'stage', before: 'Новая', after: 'Заявка' },
          { part: 'responsible', before: 'User 5', after: 'User 6' },
        ],
        handedOver: { tasks: 1, contacts: 1, companies: 1 },
      },
      { differences: [], warnings: [{ code: 'deals.remark.nothing_to_change' }] },
      { name: null, error: { code: 'deals.failure.source_not_found' } },
    ]);
  });
});
