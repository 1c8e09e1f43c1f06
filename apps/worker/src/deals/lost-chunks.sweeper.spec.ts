import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { LOST_CHUNKS, type LostChunks } from '#application/deals/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { keptLog, type KeptLog } from '#testing/bus/kept-log.js';
import { type DealsHouse, dealsHouse } from '#testing/deals/deals-house.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { LostChunksSweeper } from './lost-chunks.sweeper.js';

const STALLED_AFTER_MS = 500;
/** Longer than ten times that: what the sweeper calls untouched. */
const LONG = "interval '10 seconds'";

let database: TestDatabase;
let house: DealsHouse;
let kept: KeptLog;
let sweeper: LostChunksSweeper | undefined;
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
  kept = keptLog();
});
afterEach(async () => {
  await sweeper?.beforeApplicationShutdown();
  await database.owner.query(`UPDATE copy_chunks SET status = 'done'`);
});

const sweep = () => {
  sweeper = new LostChunksSweeper(
    house.crm.module.get<LostChunks>(LOST_CHUNKS),
    { stalledAfterMs: STALLED_AFTER_MS, shutdownGraceMs: 0 },
    kept.log,
    house.crm.bus,
    house.crm.module.get(CurrentContext),
  );
  sweeper.onApplicationBootstrap();
};
const neglect = (id: CopyOperationId, more = '') =>
  database.owner.query(`UPDATE copy_chunks SET touched_at = now() - ${LONG} ${more} WHERE operation_id = $1`, [id]);
/** Until the sweeper has been round: a chunk that it must take up was taken up. */
const aRound = async () => {
  const id = await house.order([house.amo.addDeal()]);
  await neglect(id);
  await eventually(async () => (await house.chunk(id))?.run === 2);
};

describe('LostChunksSweeper', () => {
  it('queues a chunk anew whose job was lost: its new job carries it out, the old one would not', async () => {
    const source = house.amo.addDeal();
    const id = await house.order([source]);
    await neglect(id);
    sweep();
    await eventually(async () => (await house.queued(id)).length === 2);
    await sweeper?.beforeApplicationShutdown();
    expect(await house.queued(id)).toEqual(['0/1', '0/2']);
    expect(kept.lines).toMatchObject([{ operationId: id, chunk: 0, run: 1 }]);

    await house.run(id, { run: 1 });
    expect(house.amo.copiesOf(source.id)).toEqual([]);
    await house.run(id, { run: 2 });
    expect(house.amo.copiesOf(source.id)).toHaveLength(1);
    expect(await house.operation(id)).toMatchObject({ status: 'succeeded' });
  });

  it('takes up a chunk whose worker died with it', async () => {
    const id = await house.order([house.amo.addDeal()]);
    await neglect(id, `, lease_id = gen_random_uuid(), lease_until = now() - ${LONG}`);
    sweep();
    await eventually(async () => (await house.chunk(id))?.run === 2);
    expect(await house.chunk(id)).toMatchObject({ status: 'queued', leaseId: null });
  });

  it('leaves alone what was touched, is leased, waits for its turn, or is done', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => house.order([house.amo.addDeal()])));
    const [touched, leased, waiting, done] = ids as [
      CopyOperationId,
      CopyOperationId,
      CopyOperationId,
      CopyOperationId,
    ];
    await database.owner.query(
      `UPDATE copy_chunks SET touched_at = now() + interval '1 hour' WHERE operation_id = $1`,
      [touched],
    );
    await neglect(leased, `, lease_id = gen_random_uuid(), lease_until = now() + interval '1 hour'`);
    await neglect(waiting, `, status = 'waiting'`);
    await neglect(done, `, status = 'done'`);
    sweep();
    await aRound();
    expect(await Promise.all(ids.map(async (id) => (await house.chunk(id))?.run))).toEqual([1, 1, 1, 1]);
  });

  it('queues a chunk once, however many sweepers there are', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => house.order([house.amo.addDeal()])));
    for (const id of ids) await neglect(id);
    sweep();
    const first = sweeper;
    sweep();
    await eventually(async () =>
      (await Promise.all(ids.map((id) => house.queued(id)))).every(({ length }) => length > 1),
    );
    await first?.beforeApplicationShutdown();
    await sweeper?.beforeApplicationShutdown();
    for (const id of ids) expect(await house.queued(id)).toEqual(['0/1', '0/2']);
  });
});
