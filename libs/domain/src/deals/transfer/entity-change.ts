/** What a transfer changes in amoCRM: the deals themselves, and what is handed over with them. */
export const CHANGED_ENTITIES = ['deal', 'task', 'contact', 'company'] as const;
export type ChangedEntity = (typeof CHANGED_ENTITIES)[number];

/** amoCRM: status 143 means "lost" in every pipeline; a loss reason goes with it only. */
export const LOST_STAGE_ID = 143;

/** What a transfer may change of an entity; only deals have more than a responsible. */
export interface EntityState {
  readonly responsibleUserId: number;
  readonly pipelineId?: number;
  readonly stageId?: number;
  readonly lossReasonId?: number | null;
}

/** One change: what the entity was, and what it is to become. */
export interface EntityChange {
  readonly entity: ChangedEntity;
  /** amoCRM's id, of the kind that `entity` says. */
  readonly id: number;
  readonly before: EntityState;
  readonly after: EntityState;
}

/** `planned`: not yet known to be written; `left`: written by nobody of us, the remark says why. */
export const CHANGE_STATES = ['planned', 'written', 'left'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** What is sent to amoCRM: only what changes. */
export interface EntityPatch {
  readonly entity: ChangedEntity;
  readonly id: number;
  readonly responsibleUserId?: number;
  readonly target?: { readonly pipelineId: number; readonly stageId: number };
  readonly lossReasonId?: number | null;
}

/** Where an entity stands with regard to a change: not yet changed, changed as planned, changed by somebody, deleted. */
export type Standing = 'before' | 'after' | 'other' | 'gone';

type Part = keyof EntityState;
const PLACE: readonly Part[] = ['pipelineId', 'stageId', 'lossReasonId'];

const differs = (a: EntityState, b: EntityState, part: Part): boolean => (a[part] ?? null) !== (b[part] ?? null);

/** A loss reason counts at "lost" only: amoCRM drops it by itself from deals that are no longer lost. */
const counts = (part: Part, { stageId }: EntityState): boolean => part !== 'lossReasonId' || stageId === LOST_STAGE_ID;

const isAt = (state: EntityState, current: EntityState, parts: readonly Part[]): boolean =>
  parts.every((part) => !counts(part, state) || !differs(state, current, part));

/** True when the change moves the deal or gives it another loss reason. */
export const movesDeal = ({ before, after }: Pick<EntityChange, 'before' | 'after'>): boolean =>
  PLACE.some((part) => counts(part, after) && differs(before, after, part));

/** True when the change gives the entity another responsible. */
export const handsOver = ({ before, after }: Pick<EntityChange, 'before' | 'after'>): boolean =>
  differs(before, after, 'responsibleUserId');

const partsOf = (change: Pick<EntityChange, 'before' | 'after'>): readonly Part[] => [
  ...(movesDeal(change) ? PLACE : []),
  ...(handsOver(change) ? (['responsibleUserId'] as const) : []),
];

/**
 * Compare what amoCRM has now with a change, in the parts that the change touches. A write is one request, so an entity
 * that is neither wholly as before nor wholly as after was changed by somebody else.
 */
export const standingOf = (change: EntityChange, current: EntityState | undefined): Standing => {
  if (!current) return 'gone';
  const parts = partsOf(change);
  if (isAt(change.after, current, parts)) return 'after';
  return isAt(change.before, current, parts) ? 'before' : 'other';
};

/** The same, only of the deal's place or only of the responsible. */
export const standingOfPart = (
  change: EntityChange,
  current: EntityState,
  part: 'place' | 'responsible',
): Exclude<Standing, 'gone'> => {
  const parts: readonly Part[] = part === 'place' ? PLACE : ['responsibleUserId'];
  if (isAt(change.after, current, parts)) return 'after';
  return isAt(change.before, current, parts) ? 'before' : 'other';
};

/** What to send for a change. Pipeline and stage always go together: amoCRM's 142 and 143 are in every pipeline. */
export const patchOf = (change: EntityChange): EntityPatch => {
  const { entity, id, before, after } = change;
  const { pipelineId, stageId, lossReasonId } = after;
  const target =
    movesDeal(change) && pipelineId !== undefined && stageId !== undefined ? { pipelineId, stageId } : null;
  // An account may have no loss reasons at all: none is mentioned where there was none and is to be none.
  const hasReason = stageId === LOST_STAGE_ID && (lossReasonId ?? before.lossReasonId ?? null) !== null;
  return {
    entity,
    id,
    ...(target && { target }),
    ...(target && hasReason && { lossReasonId: lossReasonId ?? null }),
    ...(handsOver(change) && { responsibleUserId: after.responsibleUserId }),
  };
};
