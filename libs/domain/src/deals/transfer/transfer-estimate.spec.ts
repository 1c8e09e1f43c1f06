import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateTransfer } from './transfer-cost.js';
import { remainingTransferRequests, type TransferWorkLeft, USUAL_TRANSFER } from './transfer-estimate.js';

const NOTHING: TransferWorkLeft = { toMove: 0, toTask: 0, toHand: 0, toEntrust: 0 };
const ALL = { tasks: 'open', contacts: 'linked' } as const;
const STAGES = ['toMove', 'toTask', 'toHand', 'toEntrust'] as const;

describe('remainingTransferRequests', () => {
  it('is the cost of the whole at the beginning, less with every step, and 0 at the end', () => {
    const steps: readonly TransferWorkLeft[] = [
      { ...NOTHING, toMove: 1_000 },
      { ...NOTHING, toMove: 750, toTask: 250 },
      { ...NOTHING, toMove: 750, toHand: 250 },
      { ...NOTHING, toMove: 750, toEntrust: 250 },
      { ...NOTHING, toMove: 750 },
      { ...NOTHING, toEntrust: 1 },
      NOTHING,
    ];
    const left = steps.map((step) => remainingTransferRequests(step, ALL));
    expect(left[0]).toBe(estimateTransfer({ deals: 1_000, ...USUAL_TRANSFER }, ALL, 7).requests);
    expect(left).toEqual([...left].sort((a, b) => b - a));
    expect(new Set(left).size).toBe(left.length);
    expect(left.at(-1)).toBe(0);
  });

  it('is not 0 while something is under way, even where there is nothing to write', () => {
    expect(remainingTransferRequests({ ...NOTHING, toEntrust: 3 }, { tasks: 'none', contacts: 'none' })).toBe(1);
  });

  const count = fc.nat(10_000);
  const work = fc.record({ toMove: count, toTask: count, toHand: count, toEntrust: count });
  const parts = fc.record({
    tasks: fc.constantFrom('open' as const, 'none' as const),
    contacts: fc.constantFrom('linked' as const, 'none' as const),
  });

  it('is a whole number, and 0 exactly when nothing is left', () => {
    fc.assert(
      fc.property(work, parts, (left, options) => {
        const requests = remainingTransferRequests(left, options);
        expect(Number.isSafeInteger(requests)).toBe(true);
        expect(requests).toBeGreaterThanOrEqual(0);
        expect(requests === 0).toBe(STAGES.every((stage) => left[stage] === 0));
      }),
    );
  });

  it('hardly grows because an item comes further: by the batches that it begins', () => {
    fc.assert(
      fc.property(work, parts, fc.constantFrom(...STAGES), (left, options, stage) => {
        const next = STAGES[STAGES.indexOf(stage) + 1];
        fc.pre(left[stage] > 0);
        const further = { ...left, [stage]: left[stage] - 1, ...(next && { [next]: left[next] + 1 }) };
        const now = remainingTransferRequests(left, options);
        expect(remainingTransferRequests(further, options)).toBeLessThanOrEqual(now + 3);
      }),
    );
  });
});
