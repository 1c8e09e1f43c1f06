import type { CopyCost } from '#domain/deals/copy-cost.js';
import type { RemarkView } from '../../i18n/texts.js';

/** What happens to one part of a deal. */
export interface DifferenceView {
  readonly effect: 'kept' | 'cleared' | 'changed' | 'skipped';
  readonly part: string;
  readonly label: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason: RemarkView | null;
}

export interface PreviewItemView {
  readonly sourceDealId: number;
  /** Name of the copy; null when the deal cannot be copied. */
  readonly name: string | null;
  readonly error: RemarkView | null;
  readonly differences: readonly DifferenceView[];
  readonly warnings: readonly RemarkView[];
}

/** What a copy would do and cost. Nothing was written. */
export interface PreviewView {
  readonly total: number;
  /** How many of the sources were read for this preview; the cost of the rest is estimated from them. */
  readonly sampled: number;
  readonly cost: Pick<CopyCost, 'requests' | 'seconds'>;
  readonly items: readonly PreviewItemView[];
}
