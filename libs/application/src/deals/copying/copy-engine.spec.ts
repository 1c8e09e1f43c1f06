import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { CHUNK_SIZE, CHUNKS_IN_FLIGHT } from '#domain/deals/copy-operation.js';
import type { AmoDealId } from '#domain/shared/ids.js';
import { COPY_CHUNKS, type CopyChunks } from '#application/deals/ports/copy-chunks.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { latch } from '#testing/bus/rendezvous.js';
import { aDealNote, aDealTask, TEXT_FIELD_ID } from '#testing/deals/deal-samples.js';
import { busy } from '#testing/deals/copy-faults.js';
import { type DealsHouse, dealsHouse } from '#testing/deals/deals-house.js';
import { eventually } from '#testing/eventually.js';
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

const someDeals = (count: number) => Array.from({ length: count }, (_, n) => house.amo.addDeal({ name: `Deal ${n}` }));
const LEAN = { linkNotes: false, tasks: 'none', notes: [] } as const;
const waitingForLocks = async (): Promise<number> => {
  const [row] = await database.owner.query<{ waiting: number }[]>(
    `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.waiting ?? 0;
};
const notesOf = (id: AmoDealId) => house.amo.notes.filter(({ dealId }) => dealId === id);

describe('a copy', () => {
  it('has everything that its source has', async () => {
    const { amo } = house;
    const line = { catalogId: 77, elementId: 9, quantity: 2, priceId: null };
    amo.products.push({ catalogId: 77, elementId: 9, name: 'Стол', isArchived: false });
    const field = {
      fieldId: TEXT_FIELD_ID,
      name: 'Адрес',
      code: null,
      type: 'text',
      isComputed: false,
      values: [{ value: 'Москва' }],
    };
    const source = amo.addDeal({
      tags: ['vip'],
      contacts: [{ id: 41, isMain: true }],
      companyId: 51,
      products: [line],
      fields: [field],
    });
    amo.tasks.push(aDealTask({ dealId: source.id }));
    amo.notes.push(aDealNote({ dealId: source.id }));

    const id = await house.order([source], { nameTemplate: '{{lead.name}} №{{counter}}' });
    await house.run(id);

    const [copy, ...others] = amo.copiesOf(source.id);
    expect(others).toEqual([]);
    expect(copy).toMatchObject({
      name: 'Кухня №1',
      price: 120_000,
      pipelineId: 3,
      stageId: 7,
      responsibleUserId: 5,
      tags: ['vip'],
      contacts: [{ id: 41, isMain: true }],
      companyId: 51,
      products: [line],
    });
    expect(copy?.fields.find(({ fieldId }) => fieldId === TEXT_FIELD_ID)?.values).toEqual([{ value: 'Москва' }]);
    expect(amo.tasks.filter(({ dealId }) => dealId === copy?.id)).toMatchObject([{ text: 'Позвонить', typeId: 1 }]);
    expect(notesOf(copy!.id).map(({ params }) => params['text'])).toEqual([
      'Договорились',
      expect.stringContaining(`#${source.id}`),
    ]);
    expect(notesOf(source.id).map(({ params }) => params['text'])).toEqual([
      'Договорились',
      expect.stringContaining(`#${copy?.id}`),
    ]);
    expect(await house.items(id)).toMatchObject([
      { status: 'done', step: 'noted', target: copy?.id, error: null, remarks: [] },
    ]);
    expect(await house.operation(id)).toEqual({ status: 'succeeded', total: 1, done: 1, failed: 0, cancelled: 0 });
    expect(await house.chunk(id)).toEqual({ status: 'done', run: 1, leaseId: null, batchLimit: 50 });
  });

  it('tells of its beginning, of what was made and of its end, once', async () => {
    const contacts = [41, 42].map((contact) => ({ id: contact, isMain: contact === 42 }));
    const source = house.amo.addDeal({ contacts, companyId: 51 });
    const id = await house.order([source]);
    await house.run(id);
    // A job that comes a second time finds nothing to do.
    const calls = house.amo.calls.length;
    await house.run(id);
    expect(house.amo.calls).toHaveLength(calls);
    const events = await database.owner.query(
      `SELECT name, payload->>'status' AS status, payload->'copies' AS copies FROM outbox
       WHERE kind = 'event' AND payload->>'operationId' = $1 ORDER BY id`,
      [id],
    );
    const [item] = await house.items(id);
    const copy = {
      itemId: item?.id,
      sourceId: source.id,
      dealId: item?.target,
      contactIds: [42, 41],
      companyId: 51,
    };
    expect(events).toEqual([
      { name: 'deals.copy_planned', status: null, copies: null },
      { name: 'deals.deals_copied', status: null, copies: [copy] },
      { name: 'deals.copy_finished', status: 'succeeded', copies: null },
    ]);
  });

  it('is not made of a source that is gone, and says so', async () => {
    const [there] = someDeals(1);
    const deleted = house.amo.addDeal({ isDeleted: true });
    const id = await house.order([there!, { id: 77 as AmoDealId }, deleted]);
    await house.run(id);
    expect(await house.items(id)).toMatchObject([
      { status: 'done' },
      { status: 'failed', step: 'new', error: { code: 'deals.failure.source_not_found', params: { deal: 77 } } },
      { status: 'failed', step: 'new', error: { code: 'deals.failure.not_plannable' } },
    ]);
    expect(await house.operation(id)).toMatchObject({ status: 'partially_succeeded', done: 1, failed: 2 });
  });

  it('that cannot be made at all fails the operation', async () => {
    const id = await house.order([{ id: 78 as AmoDealId }]);
    await house.run(id);
    expect(await house.operation(id)).toMatchObject({ status: 'failed', failed: 1 });
    expect(house.amo.sizesOf('createDeals')).toEqual([]);
  });
});

describe('a chunk', () => {
  it('is read in one page and written in batches: 50 deals, 250 notes, whatever deal they belong to', async () => {
    const sources = someDeals(130);
    const id = await house.order(sources);
    await house.run(id);
    expect(house.amo.sizesOf('readDeals')).toEqual([130]);
    expect(house.amo.sizesOf('createDeals')).toEqual([50, 50, 30]);
    // Two link notes for each copy.
    expect(house.amo.sizesOf('createNotes')).toEqual([250, 10]);
    expect(sources.map(({ id: source }) => house.amo.copiesOf(source).length)).toEqual(Array(130).fill(1));
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 130 });
  });

  it('waits for its turn in the budget with what it has read, and is put back when that takes too long', async () => {
    const [first, second] = someDeals(2);
    house.amo.failNext('createDeals', busy());
    const patient = await house.order([first!]);
    await house.run(patient);
    expect(house.amo.sizesOf('createDeals')).toEqual([1, 1]);
    expect(house.amo.sizesOf('readDeals')).toEqual([1]);

    house.amo.behave();
    house.amo.onCall = (method) => {
      if (method === 'createDeals') throw busy();
    };
    const starved = await house.order([second!]);
    await expect(house.run(starved)).rejects.toMatchObject({ code: 'crm.busy', retryAfterMs: 5_000 });
    // Nothing was sent, so nothing has to settle: the next try goes on at once.
    expect(await house.items(starved)).toMatchObject([{ status: 'running', step: 'new' }]);
    house.amo.behave();
    await house.run(starved);
    expect(house.amo.sizesOf('findMarked')).toEqual([]);
    expect(house.amo.copiesOf(second!.id)).toHaveLength(1);
  });

  it('is sent with the lane of its operation, and no later than a third of the settle time', async () => {
    const sources = someDeals(11);
    const id = await house.order(sources);
    await house.run(id);
    const writes = house.amo.calls.filter(({ method }) => method === 'createDeals' || method === 'createNotes');
    expect(writes.map(({ call }) => call.lane)).toEqual(['bulk', 'bulk']);
    const deadline = house.crm.clock.now().getTime() + 20_000;
    expect(writes.map(({ call }) => call.sendBefore?.getTime())).toEqual([deadline, deadline]);
  });
});

describe('an operation of many chunks', () => {
  it('keeps a few queued, queues the next with each that ends, and ends with the last', async () => {
    const chunks = CHUNKS_IN_FLIGHT + 1;
    const sources = someDeals(CHUNK_SIZE * CHUNKS_IN_FLIGHT + 1);
    const id = await house.order(sources, LEAN);
    const first = Array.from({ length: CHUNKS_IN_FLIGHT }, (_, chunk) => `${chunk}/1`);
    expect(await house.queued(id)).toEqual(first);
    // A waiting chunk is nobody's yet.
    await house.run(id, { chunk: chunks - 1 });
    expect(house.amo.calls).toEqual([]);

    await house.run(id, { chunk: 1 });
    expect(await house.queued(id)).toEqual([...first, `${chunks - 1}/1`]);
    expect(await house.operation(id)).toMatchObject({ status: 'running', done: CHUNK_SIZE });
    for (const chunk of [0, ...Array.from({ length: chunks - 2 }, (_, n) => n + 2)]) {
      expect(await house.operation(id)).toMatchObject({ status: 'running' });
      await house.run(id, { chunk });
    }
    expect(await house.operation(id)).toMatchObject({
      status: 'succeeded',
      total: sources.length,
      done: sources.length,
    });
    expect(await house.queued(id)).toHaveLength(chunks);
  });

  it('ends once when its last chunks end at the same time', async () => {
    const id = await house.order(someDeals(CHUNK_SIZE + 1), LEAN);
    const chunks = house.crm.module.get<CopyChunks>(COPY_CHUNKS);
    const transact = <T>(work: () => Promise<T>) =>
      house.crm.as('system', () => house.crm.module.get<UnitOfWork>(UNIT_OF_WORK).transact(work));
    const leases = await Promise.all(
      [0, 1].map((chunk) =>
        transact(async () => {
          const claim = await chunks.claim({ operationId: id, chunk, run: 1 }, v7(), 60_000);
          if (claim.kind !== 'taken') throw new Error(claim.kind);
          const done = claim.items.map(({ seq }) => ({ seq, status: 'done' as const, error: null, remarks: [] }));
          await chunks.conclude(claim.lease, done);
          return claim.lease;
        }),
      ),
    );
    const [ended, commit] = [latch(), latch()];
    const first = transact(async () => {
      await chunks.complete(leases[0]!);
      ended.open();
      await commit.opened;
    });
    await ended.opened;
    let passed = false;
    const second = transact(() => chunks.complete(leases[1]!)).then(() => (passed = true));
    // It waits for the first, or it has seen a state that the first is about to change.
    await eventually(async () => passed || (await waitingForLocks()) > 0);
    commit.open();
    await Promise.all([first, second]);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: CHUNK_SIZE + 1 });
    const ends = await database.owner.query<unknown[]>(
      `SELECT 1 FROM outbox WHERE name = 'deals.copy_finished' AND payload->>'operationId' = $1`,
      [id],
    );
    expect(ends).toHaveLength(1);
  });
});
