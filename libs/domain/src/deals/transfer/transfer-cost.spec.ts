import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateTransfer } from './transfer-cost.js';
import { DEFAULT_TRANSFER_OPTIONS } from './transfer-options.js';

const LEAN = {
  changedPerDeal: 1,
  openTasksPerDeal: 0,
  tasksPerDeal: 0,
  contactsPerDeal: 0,
  companiesPerDeal: 0,
} as const;
const ALL = { ...DEFAULT_TRANSFER_OPTIONS, tasks: 'open', contacts: 'linked' } as const;

describe('the cost of a transfer', () => {
  it.each([
    [1, 2],
    [50, 2],
    [250, 6],
    [251, 8],
    [1_000, 24],
  ])('of %i deals alone is %i requests', (deals, requests) => {
    expect(estimateTransfer({ ...LEAN, deals }, DEFAULT_TRANSFER_OPTIONS, 7).requests).toBe(requests);
  });

  it('counts what is handed over only when it is', () => {
    const volume = {
      deals: 100,
      changedPerDeal: 1,
      openTasksPerDeal: 3,
      tasksPerDeal: 2,
      contactsPerDeal: 1,
      companiesPerDeal: 1,
    };
    expect(estimateTransfer(volume, DEFAULT_TRANSFER_OPTIONS, 7).requests).toBe(3);
    expect(estimateTransfer(volume, ALL, 7).requests).toBe(3 + (2 + 1) + 2 + 2);
  });

  it('is a sensible number for every volume', () => {
    const average = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), average, average, (deals, tasks, contacts) => {
        const volume = { ...LEAN, deals, openTasksPerDeal: tasks, tasksPerDeal: tasks, contactsPerDeal: contacts };
        const { requests, seconds } = estimateTransfer(volume, ALL, 7);
        const more = estimateTransfer({ ...volume, deals: deals + 1 }, ALL, 7);
        expect(requests).toBeGreaterThanOrEqual(deals === 0 ? 0 : 2);
        expect(seconds).toBeGreaterThanOrEqual(requests / 7);
        expect(more.requests).toBeGreaterThanOrEqual(requests);
      }),
    );
  });

  it('needs a rate', () => {
    expect(() => estimateTransfer({ ...LEAN, deals: 1 }, ALL, 0)).toThrow(RangeError);
  });
});
