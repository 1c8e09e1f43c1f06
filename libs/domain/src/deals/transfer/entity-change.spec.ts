import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EntityChange, type EntityState, patchOf, standingOf } from './entity-change.js';
import { planUndo } from './plan-undo.js';
import { aDirectory } from '../spec-samples.js';

// Ids of the sample account: every one of these places is there, every one of these users is at work.
const place = fc.constantFrom(
  { pipelineId: 10, stageId: 12 },
  { pipelineId: 10, stageId: 13 },
  { pipelineId: 10, stageId: 142 },
  { pipelineId: 10, stageId: 143 },
  { pipelineId: 20, stageId: 21 },
  { pipelineId: 20, stageId: 143 },
);
const state: fc.Arbitrary<EntityState> = fc
  .record({ place, responsibleUserId: fc.constantFrom(501, 503), reason: fc.constantFrom(null, 5, 7) })
  .map(({ place: at, responsibleUserId, reason }) => ({
    ...at,
    responsibleUserId,
    lossReasonId: at.stageId === 143 ? reason : null,
  }));
const change = fc
  .record({ before: state, after: state })
  .map((both): EntityChange => ({ entity: 'deal', id: 7, ...both }))
  .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));

/** What amoCRM makes of a patch. */
const patched = (before: EntityState, of: EntityChange): EntityState => {
  const { target, lossReasonId, responsibleUserId } = patchOf(of);
  const at = { ...before, ...target };
  const reason = lossReasonId === undefined ? before.lossReasonId : lossReasonId;
  return {
    ...at,
    lossReasonId: at.stageId === 143 ? reason : null,
    responsibleUserId: responsibleUserId ?? before.responsibleUserId,
  };
};

describe('a change', () => {
  it('brings the deal from before to after, and is told apart at both ends', () => {
    fc.assert(
      fc.property(change, (one) => {
        expect(standingOf(one, one.before)).toBe('before');
        expect(patched(one.before, one)).toEqual(one.after);
        expect(standingOf(one, one.after)).toBe('after');
        expect(standingOf(one, undefined)).toBe('gone');
      }),
    );
  });

  it('may be written again without further effect', () => {
    fc.assert(fc.property(change, (one) => expect(patched(one.after, one)).toEqual(one.after)));
  });

  it('never sends a loss reason to a stage that has none', () => {
    fc.assert(
      fc.property(change, (one) => {
        const { target, lossReasonId } = patchOf(one);
        if (target?.stageId !== 143) expect(lossReasonId).toBeUndefined();
      }),
    );
  });

  it('touches nobody’s work in between: what is neither before nor after is somebody else’s', () => {
    const moved: EntityChange = {
      entity: 'deal',
      id: 7,
      before: { pipelineId: 10, stageId: 12, responsibleUserId: 501, lossReasonId: null },
      after: { pipelineId: 20, stageId: 21, responsibleUserId: 503, lossReasonId: null },
    };
    expect(standingOf(moved, { ...moved.after, stageId: 142 })).toBe('other');
    expect(standingOf(moved, { ...moved.after, responsibleUserId: 501 })).toBe('other');
  });

  it('does not look at what it does not change', () => {
    const handed: EntityChange = {
      entity: 'deal',
      id: 7,
      before: { pipelineId: 10, stageId: 12, responsibleUserId: 501, lossReasonId: null },
      after: { pipelineId: 10, stageId: 12, responsibleUserId: 503, lossReasonId: null },
    };
    expect(standingOf(handed, { ...handed.after, stageId: 142 })).toBe('after');
    expect(patchOf(handed)).toEqual({ entity: 'deal', id: 7, responsibleUserId: 503 });
  });
});

describe('an undoing', () => {
  it('of what was left alone since puts all of it back', () => {
    fc.assert(
      fc.property(change, (one) => {
        const { change: back, remarks } = planUndo(one, one.after, aDirectory());
        expect(remarks).toEqual([]);
        expect(back && patched(one.after, back)).toEqual(one.before);
      }),
    );
  });

  it('of what is as before already does nothing', () => {
    fc.assert(
      fc.property(change, (one) =>
        expect(planUndo(one, one.before, aDirectory())).toEqual({ change: null, remarks: [] }),
      ),
    );
  });

  it('never writes what a person wrote since', () => {
    fc.assert(
      fc.property(change, state, (one, current) => {
        const { change: back } = planUndo(one, current, aDirectory());
        const result = back ? patched(current, back) : current;
        const foreign = (key: 'stageId' | 'responsibleUserId') =>
          current[key] !== one.after[key] && current[key] !== one.before[key];
        if (foreign('stageId')) expect(result.stageId).toBe(current.stageId);
        if (foreign('responsibleUserId')) expect(result.responsibleUserId).toBe(current.responsibleUserId);
      }),
    );
  });

  it('cannot put back what is gone: users who left, stages that take no deals', () => {
    const one: EntityChange = {
      entity: 'deal',
      id: 7,
      before: { pipelineId: 10, stageId: 11, responsibleUserId: 502, lossReasonId: null },
      after: { pipelineId: 20, stageId: 21, responsibleUserId: 503, lossReasonId: null },
    };
    expect(planUndo(one, one.after, aDirectory())).toEqual({
      change: null,
      remarks: [
        { code: 'deals.remark.stage_not_restored', params: { stage: 'Неразобранное' } },
        { code: 'deals.remark.responsible_not_restored', params: { user: 'Борис' } },
      ],
    });
  });
});
