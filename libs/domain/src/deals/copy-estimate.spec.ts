import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateCopy } from './copy-cost.js';
import {
  type CopyWorkLeft,
  remainingRequests,
  secondsLeft,
  USUAL_DEAL,
  type WaitingRequests,
} from './copy-estimate.js';
import { DEFAULT_COPY_OPTIONS } from './copy-options.js';

const NOTHING: CopyWorkLeft = { toCreate: 0, toLink: 0, toTask: 0, toNote: 0 };
const bare = { tasks: 'none', notes: [], products: 'none', linkNotes: false } as const;

describe('remainingRequests', () => {
  it('is the cost of the whole at the beginning, less with every step, and 0 at the end', () => {
    const steps: readonly CopyWorkLeft[] = [
      { ...NOTHING, toCreate: 1_000 },
      { ...NOTHING, toCreate: 750, toLink: 250 },
      { ...NOTHING, toCreate: 750, toTask: 250 },
      { ...NOTHING, toCreate: 750, toNote: 250 },
      { ...NOTHING, toCreate: 750 },
      { ...NOTHING, toNote: 1 },
      NOTHING,
    ];
    const left = steps.map((step) => remainingRequests(step, DEFAULT_COPY_OPTIONS));
    expect(left[0]).toBe(estimateCopy({ deals: 1_000, ...USUAL_DEAL }, DEFAULT_COPY_OPTIONS, 7).requests);
    expect(left).toEqual([...left].sort((a, b) => b - a));
    expect(left.at(-1)).toBe(0);
  });

  it('is not 0 while something is under way, even where there is nothing to write', () => {
    expect(remainingRequests({ ...NOTHING, toNote: 3 }, bare)).toBe(1);
  });
});

describe('secondsLeft', () => {
  const bulk = (requests: number): WaitingRequests => ({ lane: 'bulk', requests });
  const person = (requests: number): WaitingRequests => ({ lane: 'person', requests });
  const trigger = (requests: number): WaitingRequests => ({ lane: 'trigger', requests });

  it.each<[string, WaitingRequests, readonly WaitingRequests[], number]>([
    ['nothing left', bulk(0), [bulk(500)], 0],
    ['alone', bulk(70), [], 10],
    ['behind people, who go first', bulk(70), [person(7), person(7)], 12],
    ['behind more people than its sure share lets by', bulk(7), [person(7_000)], 14],
    ['beside another of its lane: in turns', bulk(70), [bulk(70)], 20],
    ['beside a longer one of its lane: only as much of it', bulk(70), [bulk(7_000)], 20],
    ['a person beside bulk: all but its sure share', person(13), [bulk(7_000)], 2],
    ['a trigger beside bulk and behind people', trigger(6), [person(7), bulk(700)], 2],
  ])('%s', (_, own, others, seconds) => {
    expect(secondsLeft(own, others, 7)).toBe(seconds);
  });

  it.each([0, -1, Number.NaN])('refuses the rate %d', (rate) => {
    expect(() => secondsLeft(bulk(1), [], rate)).toThrow(RangeError);
  });
});

describe('an estimate', () => {
  const count = fc.nat(10_000);
  const work = fc.record({ toCreate: count, toLink: count, toTask: count, toNote: count });
  const parts = fc.record({
    tasks: fc.constantFrom('open' as const, 'none' as const),
    notes: fc.constantFrom([], ['common'] as const),
    products: fc.constantFrom('copy' as const, 'none' as const),
    linkNotes: fc.boolean(),
  });
  const others = fc.array(
    fc.record({
      lane: fc.constantFrom('person' as const, 'trigger' as const, 'bulk' as const),
      requests: fc.nat(5_000),
    }),
    { maxLength: 20 },
  );
  const lane = fc.constantFrom('person' as const, 'trigger' as const, 'bulk' as const);
  const rate = fc.integer({ min: 1, max: 200 });

  it('is a whole number, never negative, and finite', () => {
    fc.assert(
      fc.property(work, parts, lane, others, rate, (left, options, ours, beside, perSecond) => {
        const requests = remainingRequests(left, options);
        const seconds = secondsLeft({ lane: ours, requests }, beside, perSecond);
        for (const figure of [requests, seconds]) {
          expect(Number.isSafeInteger(figure)).toBe(true);
          expect(figure).toBeGreaterThanOrEqual(0);
        }
        expect(seconds).toBeGreaterThanOrEqual(Math.floor(requests / perSecond));
      }),
    );
  });

  it('is 0 exactly when nothing is left', () => {
    fc.assert(
      fc.property(work, parts, lane, others, rate, (left, options, ours, beside, perSecond) => {
        const isDone = left.toCreate + left.toLink + left.toTask + left.toNote === 0;
        const requests = remainingRequests(left, options);
        expect(requests === 0).toBe(isDone);
        expect(secondsLeft({ lane: ours, requests }, beside, perSecond) === 0).toBe(isDone);
      }),
    );
  });

  it('never grows because an item comes further, nor because others end or the rate rises', () => {
    fc.assert(
      fc.property(work, lane, others, rate, fc.nat(), (left, ours, beside, perSecond, pick) => {
        const stages = ['toCreate', 'toLink', 'toTask', 'toNote'] as const;
        const stage = stages[pick % stages.length] ?? 'toNote';
        const next = stages[(pick % stages.length) + 1];
        const further =
          left[stage] === 0 ? left : { ...left, [stage]: left[stage] - 1, ...(next && { [next]: left[next] + 1 }) };
        const now = remainingRequests(left, DEFAULT_COPY_OPTIONS);
        // A batch more may be begun than is saved: an item alone in its batch costs as much as 250.
        expect(remainingRequests(further, DEFAULT_COPY_OPTIONS)).toBeLessThanOrEqual(now + 3);
        const seconds = secondsLeft({ lane: ours, requests: now }, beside, perSecond);
        expect(secondsLeft({ lane: ours, requests: now }, beside.slice(1), perSecond)).toBeLessThanOrEqual(seconds);
        expect(secondsLeft({ lane: ours, requests: now }, beside, perSecond + 1)).toBeLessThanOrEqual(seconds);
      }),
    );
  });
});
