import { describe, expect, it } from '@jest/globals';
import { aDirectory } from '../spec-samples.js';
import { checkTransferOptions, type TransferAccount } from './check-transfer-options.js';
import { DEFAULT_TRANSFER_OPTIONS, type TransferOptions } from './transfer-options.js';

const account: TransferAccount = {
  directory: aDirectory(),
  lossReasons: [{ id: 5, name: 'Дорого' }],
  requesterAmoUserId: 501,
};
const faults = (options: Partial<TransferOptions>, over: Partial<TransferAccount> = {}) =>
  checkTransferOptions({ ...DEFAULT_TRANSFER_OPTIONS, ...options }, { ...account, ...over }).map(
    ({ path, code }) => `${path}: ${code}`,
  );

describe('options of a transfer', () => {
  it.each<[Partial<TransferOptions>]>([
    [{ pipelineId: 20 }],
    [{ stageId: 21 }],
    [{ stageId: 142 }],
    [{ stageId: 143, lossReasonId: 5 }],
    [{ responsible: { mode: 'requester' } }],
    [{ responsible: { mode: 'user', userId: 501 }, tasks: 'open', contacts: 'linked' }],
    [{ responsible: { mode: 'round_robin', userIds: [502, 503] } }],
  ])('fit: %j', (options) => {
    expect(faults(options)).toEqual([]);
  });

  it.each<[string[], Partial<TransferOptions>]>([
    [[': nothing_to_do'], {}],
    [[': nothing_to_do'], { tasks: 'open' }],
    [['contacts: needs_responsible'], { stageId: 21, contacts: 'linked' }],
    [['pipelineId: archived_pipeline'], { pipelineId: 30 }],
    [['stageId: archived_pipeline'], { stageId: 31 }],
    [['pipelineId: no_working_stage'], { pipelineId: 40 }],
    [['stageId: unsorted_stage'], { stageId: 11 }],
    [['stageId: stage_of_other_pipeline'], { pipelineId: 20, stageId: 12 }],
    [['stageId: unknown_stage'], { stageId: 99 }],
    [['lossReasonId: not_lost'], { stageId: 142, lossReasonId: 5 }],
    [['lossReasonId: unknown_loss_reason'], { stageId: 143, lossReasonId: 6 }],
    [['responsible.userId: inactive_user'], { responsible: { mode: 'user', userId: 502 } }],
    [['responsible.userIds: inactive_user'], { responsible: { mode: 'round_robin', userIds: [502] } }],
    [['responsible.userIds: no_users'], { responsible: { mode: 'round_robin', userIds: [] } }],
  ])('do not fit: %j', (expected, options) => {
    expect(faults(options)).toEqual(expected);
  });

  it('need a requester whom amoCRM knows, and who is at work', () => {
    const mine = { responsible: { mode: 'requester' } } as const;
    expect(faults(mine, { requesterAmoUserId: null })).toEqual(['responsible.mode: unknown_requester']);
    expect(faults(mine, { requesterAmoUserId: 502 })).toEqual(['responsible.mode: inactive_user']);
  });
});
