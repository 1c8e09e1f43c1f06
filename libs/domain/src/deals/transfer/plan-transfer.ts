import { firstOpenStage, type CopyDirectory } from '../copy-directory.js';
import { failure } from '../copy-failures.js';
import type { CopyRemark } from '../copy-plan.js';
import { planResponsible, userName } from '../planning/plan-responsible.js';
import { remark } from '../remarks.js';
import type { DealTask, SourceDeal } from '../source-deal.js';
import { type EntityChange, type EntityState, handsOver, LOST_STAGE_ID, movesDeal } from './entity-change.js';
import type { TransferOptions } from './transfer-options.js';

/** A contact or company of a deal, with whoever is responsible for it now. */
export interface LinkedPerson {
  readonly entity: 'contact' | 'company';
  readonly id: number;
  readonly responsibleUserId: number;
}

export interface TransferInput {
  readonly deal: SourceDeal;
  readonly options: TransferOptions;
  readonly directory: CopyDirectory;
  /** Open tasks of the deal; read only when they are to be handed over. */
  readonly tasks: readonly DealTask[];
  /** Contacts and company of the deal; read only when they are to be handed over. */
  readonly people: readonly LinkedPerson[];
  readonly requesterAmoUserId: number | null;
  readonly roundRobinIndex: number;
}

/** What a transfer does to one deal; no changes when it is as wanted already. */
export interface TransferPlan {
  readonly changes: readonly EntityChange[];
  readonly remarks: readonly CopyRemark[];
}

type Place = Required<Pick<EntityState, 'pipelineId' | 'stageId'>>;

/** What of a deal a transfer may change. */
export const stateOfDeal = (deal: SourceDeal): EntityState & Place => ({
  pipelineId: deal.pipelineId,
  stageId: deal.stageId,
  responsibleUserId: deal.responsibleUserId,
  lossReasonId: deal.lossReasonId,
});

/** Where the deal is to go; null when it stays, `gone` when there is no such place any more. */
const targetOf = (
  { pipelineId: current }: SourceDeal,
  { pipelineId, stageId }: TransferOptions,
  { pipelines }: CopyDirectory,
): Place | null | 'gone' => {
  if (stageId === null && (pipelineId === null || pipelineId === current)) return null;
  const holds = (id: number) => pipelines.find((one) => one.id === id)?.stages.some((stage) => stage.id === stageId);
  const owner = pipelines.find(({ stages }) => stages.some(({ id }) => id === stageId))?.id;
  // 142 and 143 are in every pipeline: alone they mean the deal's own.
  const wanted = pipelineId ?? (holds(current) ? current : owner);
  const pipeline = pipelines.find(({ id }) => id === wanted);
  if (!pipeline || (pipeline.isArchived && pipeline.id !== current)) return 'gone';
  const stage = stageId === null ? firstOpenStage(pipeline) : pipeline.stages.find(({ id }) => id === stageId);
  return !stage || stage.kind === 'unsorted' ? 'gone' : { pipelineId: pipeline.id, stageId: stage.id };
};

const placed = (before: EntityState, target: Place | null, { lossReasonId }: TransferOptions): EntityState => {
  if (!target) return before;
  const isLost = target.stageId === LOST_STAGE_ID;
  // A deal that was lost in another pipeline keeps its reason, unless another one is given.
  return { ...before, ...target, lossReasonId: isLost ? (lossReasonId ?? before.lossReasonId ?? null) : null };
};

const newOwner = ({
  options,
  deal,
  directory,
  ...turn
}: TransferInput): { id: number | null; remarks: CopyRemark[] } => {
  if (options.responsible.mode === 'same') return { id: null, remarks: [] };
  const { value } = planResponsible(options.responsible, deal, directory, turn);
  if (value) return { id: value.id, remarks: [] };
  // Somebody left after the transfer was ordered: amoCRM would refuse the whole deal, so it keeps whom it has.
  const user = userName(directory, deal.responsibleUserId);
  return { id: null, remarks: [remark('deals.remark.responsible_kept', { user })] };
};

/**
 * Decide what changes for one deal.
 *
 * @returns a failure when the place that the deal is to go to does not exist any more
 */
export const planTransfer = (input: TransferInput): TransferPlan | { readonly error: CopyRemark } => {
  const { deal, options, directory, tasks, people } = input;
  const target = targetOf(deal, options, directory);
  if (target === 'gone') return { error: failure('deals.failure.target_gone') };
  const owner = newOwner(input);
  const before = stateOfDeal(deal);
  const after = { ...placed(before, target, options), ...(owner.id !== null && { responsibleUserId: owner.id }) };
  const moved: EntityChange = { entity: 'deal', id: deal.id, before, after };
  const handed = (entity: EntityChange['entity'], id: number, responsibleUserId: number): EntityChange[] =>
    owner.id === null || owner.id === responsibleUserId
      ? []
      : [{ entity, id, before: { responsibleUserId }, after: { responsibleUserId: owner.id } }];
  return {
    remarks: owner.remarks,
    changes: [
      ...(movesDeal(moved) || handsOver(moved) ? [moved] : []),
      ...(options.tasks === 'open' ? tasks : []).flatMap((task) => handed('task', task.id, task.responsibleUserId)),
      ...(options.contacts === 'linked' ? people : []).flatMap((one) =>
        handed(one.entity, one.id, one.responsibleUserId),
      ),
    ],
  };
};
