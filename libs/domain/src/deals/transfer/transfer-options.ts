import type { ResponsibleRule } from '../copy-options.js';

/** How deals are transferred. At least one of a target and a responsible is given. */
export interface TransferOptions {
  /** Null = that of `stageId`, or with no stage either the deal stays where it is. */
  readonly pipelineId: number | null;
  /** Null = the first working stage; a deal that is in the pipeline already stays at its own stage. */
  readonly stageId: number | null;
  /** Why deals are lost, for stage 143 only; null keeps the reason of a deal that was lost before, and gives none. */
  readonly lossReasonId: number | null;
  /** `same` = nobody is changed. */
  readonly responsible: ResponsibleRule;
  /** `open`: the open tasks of the deal go to its new responsible too. */
  readonly tasks: 'none' | 'open';
  /** `linked`: the contacts and the company of the deal go to its new responsible too. */
  readonly contacts: 'none' | 'linked';
}

export const DEFAULT_TRANSFER_OPTIONS: TransferOptions = {
  pipelineId: null,
  stageId: null,
  lossReasonId: null,
  responsible: { mode: 'same' },
  tasks: 'none',
  contacts: 'none',
};
