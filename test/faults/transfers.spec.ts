import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultRig } from './rig.js';
import { TransferDrill } from './transfer-drill.js';

const STEPS = ['claim', 'plan', 'intend', 'change', 'mark', 'reach', 'conclude', 'complete'];
/** Every step, killed before and after it; in the middle of the batches of a larger order; and between its parts. */
const POINTS: readonly (readonly [point: string, deals: number])[] = [
  ...STEPS.flatMap((step) => ['before', 'after'].map((when) => [`${when}:${step}`, 3] as const)),
  ['after:change 2', 60],
  ['before:change 3', 60],
  ['after:change 3', 3],
];
const WHOLE = { astray: 0, overwritten: 0, forgotten: 0, findings: [] };

let rig: FaultRig;
let drill: TransferDrill;
beforeAll(async () => {
  rig = await FaultRig.start('fault-transfers');
  drill = await TransferDrill.over(rig);
}, 120_000);
afterAll(async () => {
  await rig?.stop();
});

const lastItems = async () => {
  const [{ id } = { id: '' }] = await drill.client.list({ limit: '1' });
  return drill.client.items(id);
};
const codes = (items: Awaited<ReturnType<typeof lastItems>>) =>
  items.map(({ remarks }) => remarks.map(({ code }) => code));

describe('a worker that dies at', () => {
  it.each(POINTS)('%s leaves %i whole transfers to the next', async (point, count) => {
    expect(await drill.run(point, count)).toEqual(WHOLE);
    const items = await lastItems();
    expect(items.map(({ status }) => status)).toEqual(Array(count).fill('done'));
    expect(codes(items).flat()).toEqual([]);
    expect(new Set(items.flatMap(({ changes }) => changes.map(({ state }) => state)))).toEqual(new Set(['written']));
  });

  it('its own write overwrites nobody who comes before the next worker', async () => {
    // Written, but not known to be: the next worker has to look, and finds a person's work.
    expect(await drill.run('after:change', 3, 1)).toEqual(WHOLE);
    expect(codes(await lastItems())).toEqual([['deals.remark.deal_changed'], [], []]);
  });
});
