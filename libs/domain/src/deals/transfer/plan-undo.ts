import { activeUser, type CopyDirectory } from '../copy-directory.js';
import type { CopyRemark } from '../copy-plan.js';
import { userName } from '../planning/plan-responsible.js';
import { remark } from '../remarks.js';
import { type EntityChange, type EntityState, handsOver, movesDeal, standingOfPart } from './entity-change.js';
import { changedMeanwhile } from './transfer-remarks.js';

export interface UndoPlan {
  /** The change that puts back; null when there is nothing to put back. */
  readonly change: EntityChange | null;
  readonly remarks: readonly CopyRemark[];
}

interface Putting {
  readonly state: Partial<EntityState>;
  readonly remarks: readonly CopyRemark[];
}

const NOTHING: Putting = { state: {}, remarks: [] };

const placeBack = ({ before }: EntityChange, { pipelines }: CopyDirectory): Putting => {
  const pipeline = pipelines.find(({ id }) => id === before.pipelineId);
  const stage = pipeline?.stages.find(({ id }) => id === before.stageId);
  const isOpen = pipeline && stage && !pipeline.isArchived && stage.kind !== 'unsorted';
  if (!isOpen) {
    const name = stage?.name ?? `#${before.stageId ?? 0}`;
    return { state: {}, remarks: [remark('deals.remark.stage_not_restored', { stage: name })] };
  }
  const { pipelineId, stageId, lossReasonId } = before;
  return { state: { pipelineId, stageId, lossReasonId }, remarks: [] };
};

const ownerBack = ({ before }: EntityChange, directory: CopyDirectory): Putting => {
  const { responsibleUserId } = before;
  if (activeUser(directory, responsibleUserId)) return { state: { responsibleUserId }, remarks: [] };
  const user = userName(directory, responsibleUserId);
  return { state: {}, remarks: [remark('deals.remark.responsible_not_restored', { user })] };
};

/**
 * How to put one change back. The deal's place and the responsible are judged apart: each is put back when it is still
 * as the transfer left it, and left alone with a remark when somebody has changed it since.
 *
 * @param current  what amoCRM has now; undefined when the entity is gone
 */
export const planUndo = (
  change: EntityChange,
  current: EntityState | undefined,
  directory: CopyDirectory,
): UndoPlan => {
  if (!current) return { change: null, remarks: [changedMeanwhile(change)] };
  const back = (part: 'place' | 'responsible', touched: boolean, put: typeof placeBack): Putting => {
    if (!touched) return NOTHING;
    const standing = standingOfPart(change, current, part);
    if (standing === 'before') return NOTHING;
    return standing === 'after' ? put(change, directory) : { state: {}, remarks: [changedMeanwhile(change)] };
  };
  const place = back('place', movesDeal(change), placeBack);
  const owner = back('responsible', handsOver(change), ownerBack);
  const undone: EntityChange = { ...change, before: current, after: { ...current, ...place.state, ...owner.state } };
  const remarks = [...place.remarks, ...owner.remarks];
  return {
    change: movesDeal(undone) || handsOver(undone) ? undone : null,
    remarks: [...new Map(remarks.map((one) => [one.code, one])).values()],
  };
};
