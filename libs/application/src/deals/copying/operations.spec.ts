import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type AmoDealId, type CopyItemId, type CopyOperationId, type HookTokenId } from '#domain/shared/ids.js';
import { formatMarker } from '#domain/deals/copy-marker.js';
import { CHUNK_SIZE, CHUNKS_IN_FLIGHT } from '#domain/deals/copy-operation.js';
import {
  CancelCopyCommand,
  CopyDealsCommand,
  CopyTriggeredDealCommand,
  RetryCopyCommand,
} from '#application/deals/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { FailChunkCommand } from '../commands/fail-chunk/fail-chunk.command.js';
import { MARKER_FIELD_ID } from '#testing/deals/deal-samples.js';
import { unreachable } from '#testing/deals/copy-faults.js';
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

const someDeals = (count: number) => Array.from({ length: count }, (_, n) => house.amo.addDeal({ name: `Deal ${n}` }));
const cancel = (id: CopyOperationId) =>
  house.crm.as('operator', () => house.crm.bus.execute(new CancelCopyCommand(id)));
const retry = (id: CopyOperationId) => house.crm.as('operator', () => house.crm.bus.execute(new RetryCopyCommand(id)));
const fail = (operationId: CopyOperationId, code = 'crm.unreachable', run = 1) =>
  house.crm.as('system', () => house.crm.bus.execute(new FailChunkCommand({ operationId, chunk: 0, run }, code)));
const LEAN = { linkNotes: false, tasks: 'none', notes: [] } as const;

describe('cancelling', () => {
  it('between batches completes what was created and cancels the rest', async () => {
    const sources = someDeals(120);
    const id = await house.order(sources);
    house.amo.onCall = async (method) => {
      if (method === 'createDeals') expect(await cancel(id)).toEqual({ id, status: 'running' });
    };
    await house.run(id);
    expect(house.amo.sizesOf('createDeals')).toEqual([50]);
    expect(house.amo.sizesOf('createNotes')).toEqual([100]);
    expect(await house.operation(id)).toEqual({ status: 'cancelled', total: 120, done: 50, failed: 0, cancelled: 70 });
    await expect(cancel(id)).rejects.toMatchObject({ code: 'deals.copy_finished' });
  });

  it('before the work begins cancels everything, and reads nothing', async () => {
    const id = await house.order(someDeals(2));
    expect(await cancel(id)).toEqual({ id, status: 'queued' });
    await house.run(id);
    expect(house.amo.calls).toEqual([]);
    expect(await house.operation(id)).toEqual({ status: 'cancelled', total: 2, done: 0, failed: 0, cancelled: 2 });
  });

  it('cancels waiting chunks at once', async () => {
    const sources = someDeals(CHUNK_SIZE * CHUNKS_IN_FLIGHT + 3);
    const id = await house.order(sources, LEAN);
    await cancel(id);
    expect(await house.operation(id)).toMatchObject({ cancelled: 3 });
    expect(await house.chunk(id, CHUNKS_IN_FLIGHT)).toMatchObject({ status: 'done' });
    for (let chunk = 0; chunk < CHUNKS_IN_FLIGHT; chunk++) await house.run(id, { chunk });
    expect(await house.operation(id)).toMatchObject({ status: 'cancelled', cancelled: sources.length });
  });

  it('looks up a creation whose outcome is unknown before it cancels it', async () => {
    const sources = someDeals(2);
    house.amo.failNext('createDeals', unreachable('unknown'), { applied: true });
    const made = await house.order(sources);
    await expect(house.run(made)).rejects.toMatchObject({ code: 'crm.unreachable' });
    await cancel(made);
    await house.age(made, SETTLE_MS);
    await house.run(made);
    expect(await house.operation(made)).toMatchObject({ status: 'succeeded', done: 2 });

    house.amo.failNext('createDeals', unreachable('unknown'));
    const lost = await house.order(someDeals(2));
    await expect(house.run(lost)).rejects.toMatchObject({ code: 'crm.unreachable' });
    await cancel(lost);
    await house.age(lost, SETTLE_MS);
    await house.run(lost);
    expect(await house.operation(lost)).toMatchObject({ status: 'cancelled', cancelled: 2 });
  });

  it('is refused for an operation that nobody knows', async () => {
    await expect(cancel(asId<CopyOperationId>(v7()))).rejects.toMatchObject({ code: 'deals.copy_not_found' });
  });
});

describe('giving a chunk up and retrying it', () => {
  it('fails its open items where they stopped, and takes them up there', async () => {
    const sources = someDeals(2);
    house.amo.failNext('createDeals', unreachable('unknown'), { applied: true });
    const id = await house.order(sources);
    await expect(house.run(id)).rejects.toMatchObject({ code: 'crm.unreachable' });
    await expect(retry(id)).rejects.toMatchObject({ code: 'deals.nothing_to_retry' });
    await fail(id);
    const given = {
      status: 'failed',
      step: 'creating',
      error: { code: 'deals.failure.gave_up', params: { code: 'crm.unreachable' } },
    };
    expect(await house.items(id)).toMatchObject([given, given]);
    expect(await house.operation(id)).toMatchObject({ status: 'failed', failed: 2 });

    expect(await retry(id)).toEqual({ id, status: 'queued' });
    expect(await house.items(id)).toMatchObject([
      { status: 'pending', step: 'creating', error: null },
      { status: 'pending', step: 'creating', error: null },
    ]);
    expect(await house.queued(id)).toEqual(['0/1', '0/2']);
    // The job of the first run may still be somewhere.
    await house.run(id, { run: 1 });
    await house.age(id, SETTLE_MS);
    await house.run(id, { run: 2 });
    expect(house.amo.sizesOf('createDeals')).toEqual([2]);
    expect(sources.map(({ id: source }) => house.amo.copiesOf(source).length)).toEqual([1, 1]);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 2, failed: 0 });
  });

  it('leaves what is done alone', async () => {
    const [there] = someDeals(1);
    const late = asId<AmoDealId>(990_001);
    const id = await house.order([there!, { id: late }]);
    await house.run(id);
    expect(await house.operation(id)).toMatchObject({ status: 'partially_succeeded', done: 1, failed: 1 });
    house.amo.addDeal({ id: late });
    await retry(id);
    house.amo.behave();
    await house.run(id, { run: 2 });
    expect(house.amo.sizesOf('readDeals')).toEqual([1]);
    expect(house.amo.copiesOf(there!.id)).toHaveLength(1);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 2, failed: 0 });
  });

  it('does nothing to a chunk that somebody works on, that is done, or of another run', async () => {
    const id = await house.order(someDeals(1));
    house.amo.onCall = async (method) => {
      if (method === 'readDeals') await fail(id);
    };
    await fail(id, 'test', 2);
    await house.run(id);
    await fail(id);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded', done: 1, failed: 0 });
  });

  it('queues the next chunk, as any other end', async () => {
    const id = await house.order(someDeals(CHUNK_SIZE * CHUNKS_IN_FLIGHT + 1), LEAN);
    await fail(id);
    expect((await house.queued(id)).at(-1)).toBe(`${CHUNKS_IN_FLIGHT}/1`);
    expect(await house.operation(id)).toMatchObject({ status: 'running', failed: CHUNK_SIZE });
  });
});

describe('a double click', () => {
  it('answers the first operation for ten seconds', async () => {
    const sources = someDeals(2);
    const first = await house.order(sources);
    expect(await house.order(sources)).toBe(first);
    expect(await house.order(sources, { linkNotes: false })).not.toBe(first);
    expect(await house.order([...sources].reverse())).not.toBe(first);
    house.crm.clock.advance(10_001);
    const second = await house.order(sources);
    expect(second).not.toBe(first);
  });

  it('is one operation even when both clicks arrive at once', async () => {
    const sources = someDeals(2);
    const ids = await Promise.all(Array.from({ length: 4 }, () => house.order(sources)));
    expect(new Set(ids).size).toBe(1);
    expect(await house.queued(ids[0]!)).toEqual(['0/1']);
  });

  it('is none when the caller says with keys of its own that they differ', async () => {
    const command = new CopyDealsCommand({ sourceIds: someDeals(1).map(({ id }) => id), options: {} });
    const context = house.crm.module.get(CurrentContext);
    const send = (key: string) =>
      house.crm.as('operator', () =>
        context.run({ ...context.get(), idempotency: { key, fingerprint: 'a' } }, () => house.crm.bus.execute(command)),
      );
    const [first, second, again] = [await send('1'), await send('2'), await send('1')];
    expect(second.id).not.toBe(first.id);
    expect(again.id).toBe(first.id);
  });
});

describe('a round robin', () => {
  it('goes on from operation to operation, and by its own list', async () => {
    const turn = async (userIds: number[], count: number) => {
      const sources = someDeals(count);
      await house.run(await house.order(sources, { responsible: { mode: 'round_robin', userIds } }));
      return sources.map(({ id }) => house.amo.copiesOf(id)[0]?.responsibleUserId);
    };
    expect(await turn([5, 6, 8], 2)).toEqual([5, 6]);
    expect(await turn([6, 5], 1)).toEqual([6]);
    expect(await turn([5, 6, 8], 3)).toEqual([8, 5, 6]);
    expect(await turn([6, 5], 2)).toEqual([5, 6]);
  });
});

describe('a copy started by a hook', () => {
  const hookTokenId = asId<HookTokenId>(v7());
  const trigger = (dealId: AmoDealId, onceWithinMinutes: number | null = 5, receivedAt = house.crm.clock.now()) => {
    const command = new CopyTriggeredDealCommand({ hookTokenId, dealId, onceWithinMinutes, receivedAt, options: {} });
    return house.crm.as('system', () => house.crm.bus.execute(command));
  };
  const started = async (dealId: AmoDealId, onceWithinMinutes?: number | null): Promise<CopyOperationId> => {
    const result = await trigger(dealId, onceWithinMinutes);
    if (result.outcome !== 'started') throw new Error(`The trigger was ${result.outcome}`);
    return result.operationId;
  };

  it('is made once within its period, and again after it', async () => {
    const [source] = someDeals(1);
    const first = await started(source!.id);
    house.crm.clock.advance(5 * 60_000 - 1);
    expect(await trigger(source!.id)).toEqual({ outcome: 'duplicate', operationId: first });
    house.crm.clock.advance(1);
    const second = await started(source!.id);
    expect(second).not.toBe(first);
    for (const id of [first, second]) await house.run(id);
    expect(house.amo.copiesOf(source!.id)).toHaveLength(2);
    expect(house.amo.calls.map(({ call }) => call.lane)).toContain('trigger');
  });

  it('is told from others by when its hook arrived, not by when it is carried out', async () => {
    const [source] = someDeals(1);
    const at = house.crm.clock.now().getTime();
    const first = await started(source!.id);
    // Carried out late, but arrived a minute before the first: the same change of the deal.
    expect(await trigger(source!.id, 5, new Date(at - 60_000))).toEqual({ outcome: 'duplicate', operationId: first });
    expect(await trigger(source!.id, 5, new Date(at - 5 * 60_000))).toMatchObject({ outcome: 'started' });
    // Nor does an old one make room for a new one.
    expect(await trigger(source!.id, 5, new Date(at + 60_000))).toMatchObject({ outcome: 'duplicate' });
  });

  it('is made once for ever when there is no period', async () => {
    const [source] = someDeals(1);
    const first = await started(source!.id, null);
    house.crm.clock.advance(365 * 86_400_000);
    expect(await trigger(source!.id, null)).toEqual({ outcome: 'duplicate', operationId: first });
  });

  it('is one when the hook arrives several times at once', async () => {
    const [source] = someDeals(1);
    const results = await Promise.all(Array.from({ length: 5 }, () => trigger(source!.id)));
    expect(results.filter(({ outcome }) => outcome === 'started')).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(4);
  });

  it('is not made of one of our copies: not of one we know, nor of one that only its marker tells', async () => {
    const [source] = someDeals(1);
    await house.run(await started(source!.id));
    const [copy] = house.amo.copiesOf(source!.id);
    expect(await trigger(copy!.id)).toEqual({ outcome: 'ignored' });

    const marker = formatMarker({ sourceDealId: source!.id, itemId: asId<CopyItemId>(v7()) });
    const field = {
      fieldId: MARKER_FIELD_ID,
      name: '',
      code: null,
      type: 'text',
      isComputed: false,
      values: [{ value: marker }],
    };
    const unknown = house.amo.addDeal({ fields: [field] });
    const id = await started(unknown.id);
    await house.run(id);
    const params = { deal: unknown.id, original: source!.id };
    expect(await house.items(id)).toMatchObject([
      { status: 'failed', step: 'new', error: { code: 'deals.failure.source_is_copy', params } },
    ]);
    expect(house.amo.copiesOf(unknown.id)).toEqual([]);
    // A person may copy a copy.
    await house.run(await house.order([unknown]));
    expect(house.amo.copiesOf(unknown.id)).toHaveLength(1);
  });
});
