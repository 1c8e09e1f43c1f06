import { LOST_STAGE_ID } from './entity-change.js';
import type { FieldIssue } from '../../shared/app-error.js';
import { checkResponsible, checkTarget } from '../check-options.js';
import type { CopyDirectory } from '../copy-directory.js';
import type { TransferOptions } from './transfer-options.js';

/** What the options are checked against. */
export interface TransferAccount {
  readonly directory: CopyDirectory;
  readonly lossReasons: readonly { readonly id: number; readonly name: string }[];
  /** Whoever asks, among amoCRM's users; null when there is none. */
  readonly requesterAmoUserId: number | null;
}

const issue = (path: string, code: string, message: string): FieldIssue => ({ path, code, message });

const checkPurpose = ({
  pipelineId,
  stageId,
  responsible,
  tasks,
  contacts,
}: TransferOptions): readonly FieldIssue[] => {
  if (responsible.mode !== 'same') return [];
  if (pipelineId === null && stageId === null)
    return [issue('', 'nothing_to_do', 'A pipeline, a stage or a responsible is needed')];
  const needless = 'Needs a responsible to hand them to';
  return [
    ...(tasks === 'open' ? [issue('tasks', 'needs_responsible', needless)] : []),
    ...(contacts === 'linked' ? [issue('contacts', 'needs_responsible', needless)] : []),
  ];
};

/** A stage alone means its own pipeline, which may be archived; 142 and 143 mean the pipeline of each deal. */
const checkOwner = ({ pipelineId, stageId }: TransferOptions, { pipelines }: CopyDirectory): readonly FieldIssue[] => {
  if (pipelineId !== null || stageId === null) return [];
  const owners = pipelines.filter(({ stages }) => stages.some(({ id }) => id === stageId));
  return owners.length > 0 && owners.every(({ isArchived }) => isArchived)
    ? [issue('stageId', 'archived_pipeline', 'The pipeline of the stage is archived')]
    : [];
};

const checkLossReason = (
  { lossReasonId, stageId }: TransferOptions,
  { lossReasons }: TransferAccount,
): readonly FieldIssue[] => {
  if (lossReasonId === null) return [];
  // amoCRM: "Loss reason can be specified only for lost lead".
  if (stageId !== LOST_STAGE_ID)
    return [issue('lossReasonId', 'not_lost', `A loss reason goes with stage ${LOST_STAGE_ID} only`)];
  return lossReasons.some(({ id }) => id === lossReasonId)
    ? []
    : [issue('lossReasonId', 'unknown_loss_reason', `The account has no loss reason ${lossReasonId}`)];
};

const checkRequester = ({ responsible }: TransferOptions, account: TransferAccount): readonly FieldIssue[] => {
  if (responsible.mode !== 'requester') return [];
  const { requesterAmoUserId: userId, directory } = account;
  if (userId === null) return [issue('responsible.mode', 'unknown_requester', 'amoCRM has no user with your e-mail')];
  return checkResponsible({ mode: 'user', userId }, directory).map((found) => ({ ...found, path: 'responsible.mode' }));
};

/**
 * Everything in the options that does not fit the account, with dot paths from the options' root; empty when they do.
 * Codes: nothing_to_do, needs_responsible, unknown_pipeline, archived_pipeline, no_working_stage, unknown_stage,
 * stage_of_other_pipeline, unsorted_stage, not_lost, unknown_loss_reason, unknown_user, inactive_user, no_users,
 * too_many, unknown_requester.
 */
export const checkTransferOptions = (options: TransferOptions, account: TransferAccount): readonly FieldIssue[] => [
  ...checkPurpose(options),
  ...checkTarget(options, account.directory),
  ...checkOwner(options, account.directory),
  ...checkLossReason(options, account),
  ...checkResponsible(options.responsible, account.directory),
  ...checkRequester(options, account),
];
