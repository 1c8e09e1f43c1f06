import type { CopyDifference, CopyRemark } from '../copy-plan.js';

/** One part of a plan with what it means for the reader. */
export interface PlannedPart<T> {
  readonly value: T;
  readonly differences: readonly CopyDifference[];
  readonly warnings: readonly CopyRemark[];
}

export const planned = <T>(
  value: T,
  differences: readonly CopyDifference[],
  warnings: readonly CopyRemark[] = [],
): PlannedPart<T> => ({ value, differences, warnings });

/** A part and its name; the label of a part without a name of its own is its key in the catalogues, `deals.part.<part>`. */
export interface Named {
  readonly part: string;
  readonly label: string;
}

/** Parts of a deal that have no name of their own. */
export const BUILT_IN_PARTS = [
  'name',
  'price',
  'pipeline',
  'stage',
  'responsible',
  'tags',
  'contacts',
  'company',
  'closedAt',
  'lossReason',
  'products',
  'tasks',
  'notes',
] as const;
export type BuiltInPart = (typeof BUILT_IN_PARTS)[number];

/** A part whose name is in the catalogues. */
export const builtIn = (key: BuiltInPart): Named => ({ part: key, label: `deals.part.${key}` });

export const kept = (named: Named, value: unknown): CopyDifference => ({
  ...named,
  effect: 'kept',
  before: value,
  after: value,
});

export const changed = (named: Named, before: unknown, after: unknown, reason?: CopyRemark): CopyDifference => ({
  ...named,
  effect: 'changed',
  before,
  after,
  ...(reason && { reason }),
});

export const cleared = (named: Named, before: unknown, reason: CopyRemark): CopyDifference => ({
  ...named,
  effect: 'cleared',
  before,
  reason,
});

export const skipped = (named: Named, before: unknown, reason: CopyRemark): CopyDifference => ({
  ...named,
  effect: 'skipped',
  before,
  reason,
});
