import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultRig } from './rig.js';

/** The fault suite with the rule broken that it is there to guard: it must notice. */
describe('a worker that does not ask amoCRM what became of its creations', () => {
  let rig: FaultRig;
  beforeAll(async () => {
    rig = await FaultRig.start('proof', { BREAK_RESUME: 'yes' });
  }, 120_000);
  afterAll(async () => {
    await rig?.stop();
  });

  it('is caught: killed after a creation, it makes the deals twice', async () => {
    rig.armed('after:createDeals');
    const id = await rig.order(3);
    await rig.hasDied();
    await rig.product.api.finished(id, 90_000);
    const { lost, doubled, findings } = await rig.census();
    process.stdout.write(`faults, resume rule broken: ${doubled} doubled, as it must be\n`);
    expect([lost, doubled, findings.length]).toEqual([0, 3, 3]);
  });
});
