import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TransfersClient } from '#testing/product/transfers-client.js';
import { FaultRig } from './rig.js';

const STEPS = ['claim', 'plan', 'intend', 'change', 'mark', 'reach', 'conclude', 'complete'];
/** Every step, killed before and after it; in the middle of the batches of a larger order; and between its parts. */
const POINTS: readonly (readonly [point: string, deals: number])[] = [
  ...STEPS.flatMap((step) => ['before', 'after'].map((when) => [`${when}:${step}`, 3] as const)),
  ['after:change 2', 60],
  ['before:change 3', 60],
  ['after:change 3', 3],
];

let rig: FaultRig;
let transfers: TransfersClient;
let target: { pipelineId: number; stageId: number };
let other: number;
let users: readonly number[];
beforeAll(async () => {
  rig = await FaultRig.start('fault-transfers');
  transfers = new TransfersClient(rig.product.api);
  const directory = await rig.product.api.directory();
  const [, away] = directory.pipelines;
  const working = away!.stages.filter(({ kind }) => kind === 'working');
  target = { pipelineId: away!.id, stageId: working[0]!.id };
  other = working[1]!.id;
  users = directory.users.filter(({ isActive }) => isActive).map(({ id }) => id);
}, 120_000);
afterAll(async () => {
  await rig?.stop();
});

/** Where deals and their open tasks are, and whose. */
const stateOf = async (ids: readonly number[]) => {
  const leads = await rig.product.sandbox.dump('leads', ids);
  const tasks = (await rig.product.sandbox.dump('tasks', ids)).filter((task) => !task.is_completed);
  return new Set([
    ...leads.map((lead) => `deal ${lead.pipeline_id}/${lead.status_id} of ${lead.responsible_user_id}`),
    ...tasks.map((task) => `task of ${task.responsible_user_id}`),
  ]);
};

describe('a worker that dies at', () => {
  it.each(POINTS)('%s leaves %i whole transfers to the next', async (point, count) => {
    const ids = await rig.product.sandbox.makeDeals(count, { tasks: 1, contacts: 1 });
    const userId = users.at(-1)!;
    const options = { ...target, responsible: { mode: 'user', userId }, tasks: 'open', contacts: 'linked' };
    rig.armed(point);
    const { id } = await transfers.order(ids, options);
    await rig.hasDied();
    expect(await transfers.finished(id, 90_000)).toMatchObject({ status: 'succeeded', progress: { done: count } });
    const wanted = [`deal ${target.pipelineId}/${target.stageId} of ${userId}`, `task of ${userId}`];
    expect([...(await stateOf(ids))].sort()).toEqual(wanted);
    const items = await transfers.items(id);
    expect(items.flatMap(({ remarks }) => remarks.map(({ code }) => code))).toEqual([]);
    expect(new Set(items.flatMap(({ changes }) => changes.map(({ state }) => state)))).toEqual(new Set(['written']));
  });

  it('its own write overwrites nobody who comes before the next worker', async () => {
    const ids = await rig.product.sandbox.makeDeals(3, { tasks: 0 });
    rig.armed('after:change');
    const { id } = await transfers.order(ids, target);
    await rig.hasDied();
    // Written, but not known to be: the next worker has to look, and finds a person's work.
    await rig.product.sandbox.move(ids[1]!, target.pipelineId, other);
    await transfers.finished(id, 90_000);
    expect((await rig.product.sandbox.lead(ids[1]!)).status_id).toBe(other);
    const codes = (await transfers.items(id)).map(({ remarks }) => remarks.map(({ code }) => code));
    expect(codes).toEqual([[], ['deals.remark.deal_changed'], []]);
  });
});
