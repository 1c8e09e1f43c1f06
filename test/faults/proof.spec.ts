import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultRig } from './rig.js';
import { TransferDrill } from './transfer-drill.js';

/** The fault suites with the rules broken that they are there to guard: they must notice. */
let rig: FaultRig;
beforeAll(async () => {
  rig = await FaultRig.start('proof', { BREAK_RESUME: 'yes' });
}, 120_000);
afterAll(async () => {
  await rig?.stop();
});

describe('a worker that does not ask amoCRM what became of its creations', () => {
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

describe('a worker that does not ask amoCRM what became of its changes', () => {
  it('is caught: killed after a change, it overwrites a person and forgets what the deals were', async () => {
    const drill = await TransferDrill.over(rig);
    const { astray, overwritten, forgotten, findings } = await drill.run('after:change', 3, 1);
    process.stdout.write(
      `faults, resume rule broken: ${overwritten} overwritten, ${forgotten} forgotten, as it must be\n`,
    );
    expect([astray, overwritten, forgotten, findings.length]).toEqual([0, 1, 2, 3]);
  });
});
