import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shareOf, WorkspaceSlots } from './workspace-slots.js';

const aClock = () => {
  let at = 0;
  return { now: () => at, advance: (ms: number) => void (at += ms) };
};
type Taken = ReturnType<WorkspaceSlots['take']>;
const isTaken = (taken: Taken): taken is { readonly release: () => void } => 'release' in taken;
const delayOf = (taken: Taken): number => (isTaken(taken) ? 0 : taken.putBackMs);

describe('WorkspaceSlots', () => {
  it.each([
    [1, 1],
    [2, 1],
    [4, 3],
    [8, 6],
    [100, 75],
  ])('of %i hands one workspace may hold %i', (hands, share) => {
    expect(shareOf(hands)).toBe(share);
    const slots = new WorkspaceSlots(hands);
    const taken = Array.from({ length: hands + 3 }, () => slots.take('a')).filter(isTaken);
    expect(taken).toHaveLength(share);
  });

  it('leaves a hand for another workspace, however much the first one has to do', () => {
    const slots = new WorkspaceSlots(4);
    Array.from({ length: 50 }, () => slots.take('a'));

    expect(isTaken(slots.take('b'))).toBe(true);
  });

  it('puts jobs back for longer the more of them stand ahead, within bounds', () => {
    const slots = new WorkspaceSlots(4, aClock().now);
    const delays = Array.from({ length: 1_000 }, () => slots.take('a'))
      .slice(3)
      .map(delayOf);

    expect(delays[0]).toBeGreaterThanOrEqual(250);
    expect(delays.at(-1)).toBe(30_000);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
  });

  it('learns how long jobs last', () => {
    const clock = aClock();
    const slots = new WorkspaceSlots(1, clock.now);
    const delayAfter = (lastsMs: number) => {
      for (let round = 0; round < 30; round++) {
        const taken = slots.take('a');
        clock.advance(lastsMs);
        if (isTaken(taken)) taken.release();
      }
      const held = slots.take('a');
      const delay = delayOf(slots.take('a'));
      if (isTaken(held)) held.release();
      clock.advance(60_000);
      return delay;
    };

    expect(delayAfter(12_000)).toBeGreaterThan(11_000);
    expect(delayAfter(400)).toBeLessThan(500);
  });

  it('never lets a workspace hold more than its share, never refuses it while it holds less, and forgets', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('take' as const), workspace: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ kind: fc.constant('release' as const), pick: fc.nat() }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60_000 }) }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 200 }), (hands, steps) => {
        const clock = aClock();
        const slots = new WorkspaceSlots(hands, clock.now);
        const held: { workspace: string; release: () => void }[] = [];
        for (const one of steps) {
          if (one.kind === 'wait') clock.advance(one.ms);
          if (one.kind === 'release') held.splice(one.pick % Math.max(1, held.length), 1)[0]?.release();
          if (one.kind !== 'take') continue;
          const before = held.filter(({ workspace }) => workspace === one.workspace).length;
          const taken = slots.take(one.workspace);
          expect(isTaken(taken)).toBe(before < shareOf(hands));
          if (isTaken(taken)) held.push({ workspace: one.workspace, ...taken });
          else expect(taken.putBackMs).toBeGreaterThan(0);
        }
        held.forEach(({ release }) => release());
        clock.advance(60_000);
        const last = slots.take('z');
        expect(isTaken(last)).toBe(true);
        expect(slots.size).toBe(1);
      }),
    );
  });
});
