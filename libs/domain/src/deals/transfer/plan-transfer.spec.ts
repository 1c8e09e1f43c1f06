import { describe, expect, it } from '@jest/globals';
import type { TransferOptions } from './transfer-options.js';
import { DEFAULT_TRANSFER_OPTIONS } from './transfer-options.js';
import type { SourceDeal } from '../source-deal.js';
import { aDirectory, aSource, aTask, userId } from '../spec-samples.js';
import { type LinkedPerson, planTransfer, type TransferInput } from './plan-transfer.js';

const input = (
  options: Partial<TransferOptions>,
  deal: Partial<SourceDeal> = {},
  over: Partial<TransferInput> = {},
): TransferInput => ({
  deal: aSource(deal),
  options: { ...DEFAULT_TRANSFER_OPTIONS, ...options },
  directory: aDirectory(),
  tasks: [],
  people: [],
  requesterAmoUserId: null,
  roundRobinIndex: 0,
  ...over,
});
const changesOf = (given: TransferInput) => {
  const plan = planTransfer(given);
  if ('error' in plan) throw new Error(plan.error.code);
  return plan.changes;
};
const after = (options: Partial<TransferOptions>, deal: Partial<SourceDeal> = {}) =>
  changesOf(input(options, deal))[0]?.after;
const VERA = { responsible: { mode: 'user', userId: 503 } } as const;

describe('where a deal goes', () => {
  it.each<[string, Partial<TransferOptions>, Partial<SourceDeal>, object | undefined]>([
    ['a pipeline and a stage', { pipelineId: 20, stageId: 21 }, {}, { pipelineId: 20, stageId: 21 }],
    ['a stage alone means its pipeline', { stageId: 21 }, {}, { pipelineId: 20, stageId: 21 }],
    [
      'a pipeline alone means its first working stage',
      { pipelineId: 10 },
      { pipelineId: 20, stageId: 21 },
      { stageId: 12 },
    ],
    ['a pipeline alone leaves deals that are in it where they are', { pipelineId: 10 }, { stageId: 13 }, undefined],
    [
      'won alone closes a deal in its own pipeline',
      { stageId: 142 },
      { pipelineId: 20, stageId: 21 },
      { pipelineId: 20, stageId: 142 },
    ],
    [
      'won of another pipeline is another stage',
      { pipelineId: 20, stageId: 142 },
      { stageId: 142 },
      { pipelineId: 20 },
    ],
    ['won of the same pipeline is the same', { pipelineId: 10, stageId: 142 }, { stageId: 142 }, undefined],
    ['won alone is the same for a deal that is won', { stageId: 142 }, { pipelineId: 20, stageId: 142 }, undefined],
  ])('%s', (_, options, deal, expected) => {
    const result = after(options, deal);
    if (expected) expect(result).toMatchObject(expected);
    else expect(result).toBeUndefined();
  });

  it.each<[string, Partial<TransferOptions>]>([
    ['an archived pipeline', { pipelineId: 30 }],
    ['a stage of an archived pipeline', { stageId: 31 }],
    ['a pipeline without working stages', { pipelineId: 40 }],
    ['a pipeline that is gone', { pipelineId: 99, stageId: 21 }],
    ['a stage that is gone', { stageId: 99 }],
    ['unsorted', { stageId: 11 }],
  ])('does not go to %s', (_, options) => {
    expect(planTransfer(input(options))).toMatchObject({ error: { code: 'deals.failure.target_gone' } });
  });
});

describe('loss reasons', () => {
  it.each<[string, Partial<TransferOptions>, Partial<SourceDeal>, object | undefined]>([
    ['are given with stage 143', { stageId: 143, lossReasonId: 7 }, {}, { stageId: 143, lossReasonId: 7 }],
    ['need not be given', { stageId: 143 }, {}, { stageId: 143, lossReasonId: null }],
    [
      'stay with a deal lost elsewhere',
      { pipelineId: 20, stageId: 143 },
      { stageId: 143, lossReasonId: 5 },
      { pipelineId: 20, lossReasonId: 5 },
    ],
    [
      'go when the deal is lost no more',
      { stageId: 13 },
      { stageId: 143, lossReasonId: 5 },
      { stageId: 13, lossReasonId: null },
    ],
    [
      'are changed of a lost deal',
      { stageId: 143, lossReasonId: 7 },
      { stageId: 143, lossReasonId: 5 },
      { lossReasonId: 7 },
    ],
    [
      'are no change when they are the same',
      { stageId: 143, lossReasonId: 5 },
      { stageId: 143, lossReasonId: 5 },
      undefined,
    ],
    [
      'stay when only the responsible changes',
      VERA,
      { stageId: 143, lossReasonId: 5 },
      { lossReasonId: 5, responsibleUserId: 503 },
    ],
  ])('%s', (_, options, deal, expected) => {
    const result = after(options, deal);
    if (expected) expect(result).toMatchObject(expected);
    else expect(result).toBeUndefined();
  });
});

describe('who gets it', () => {
  const people: readonly LinkedPerson[] = [
    { entity: 'contact', id: 1, responsibleUserId: 501 },
    { entity: 'contact', id: 2, responsibleUserId: 503 },
    { entity: 'company', id: 3, responsibleUserId: 502 },
  ];
  const tasks = [aTask({ id: 8 }), aTask({ id: 9, responsibleUserId: userId(503) })];
  const touched = (options: Partial<TransferOptions>, deal: Partial<SourceDeal> = {}) =>
    changesOf(input(options, deal, { people, tasks })).map(({ entity, id }) => `${entity} ${id}`);

  it('is one user, for all that is asked for and not theirs yet', () => {
    expect(touched(VERA)).toEqual(['deal 7']);
    expect(touched({ ...VERA, tasks: 'open', contacts: 'linked' })).toEqual([
      'deal 7',
      'task 8',
      'contact 1',
      'company 3',
    ]);
    expect(touched({ ...VERA, tasks: 'open' }, { responsibleUserId: userId(503) })).toEqual(['task 8']);
  });

  it('takes turns over those who work', () => {
    const rota = { responsible: { mode: 'round_robin', userIds: [501, 502, 503] } } as const;
    const owners = [0, 1, 2].map(
      (roundRobinIndex) =>
        changesOf(input(rota, { responsibleUserId: userId(1) }, { roundRobinIndex }))[0]?.after.responsibleUserId,
    );
    expect(owners).toEqual([501, 503, 501]);
  });

  it('is nobody new when that user has left: the deal keeps whom it has, and still moves', () => {
    const plan = planTransfer(
      input({ stageId: 21, responsible: { mode: 'user', userId: 502 }, tasks: 'open' }, {}, { tasks }),
    );
    expect(plan).toMatchObject({
      remarks: [{ code: 'deals.remark.responsible_kept', params: { user: 'Анна' } }],
      changes: [{ entity: 'deal', after: { stageId: 21, responsibleUserId: 501 } }],
    });
  });

  it('is nobody new where nobody is asked for, however inactive the present one is', () => {
    expect(planTransfer(input({ stageId: 21 }, { responsibleUserId: userId(502) }))).toMatchObject({
      remarks: [],
      changes: [{ after: { responsibleUserId: 502 } }],
    });
  });
});
