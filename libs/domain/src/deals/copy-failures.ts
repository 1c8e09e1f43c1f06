import type { CopyRemark } from './copy-plan.js';

/** Why an item failed, or lost a part after amoCRM had refused it; both catalogues are checked against this table. */
export const FAILURE_PARAMS = {
  'deals.failure.source_not_found': ['deal'],
  'deals.failure.source_lost_midway': ['deal', 'copy'],
  'deals.failure.marker_gone': ['deal'],
  'deals.failure.source_is_copy': ['deal', 'original'],
  'deals.failure.pipeline_gone': [],
  'deals.failure.refused': ['reason'],
  'deals.failure.gave_up': ['code'],
  'deals.failure.not_plannable': ['code'],
  'deals.failure.product_refused': ['product', 'reason'],
  'deals.failure.task_refused': ['task', 'reason'],
  'deals.failure.note_refused': ['reason'],
  'deals.failure.target_gone': [],
  'deals.failure.transfer_refused': ['reason'],
  'deals.failure.transfer_gave_up': ['code'],
} as const satisfies Readonly<Record<`deals.failure.${string}`, readonly string[]>>;

export type FailureCode = keyof typeof FAILURE_PARAMS;
type Params<C extends FailureCode> = Readonly<Record<(typeof FAILURE_PARAMS)[C][number], string | number>>;

/** Make a failure remark. */
export const failure = <C extends FailureCode>(
  code: C,
  ...[params]: (typeof FAILURE_PARAMS)[C]['length'] extends 0 ? [] : [params: Params<C>]
): CopyRemark => ({ code, params: params ?? {} });
