import type { TransferCost } from '#domain/deals/transfer/transfer-cost.js';
import type { RemarkView } from '../../i18n/texts.js';

/** One part of a deal that would change. */
export interface TransferDifferenceView {
  readonly part: 'pipeline' | 'stage' | 'lossReason' | 'responsible';
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface TransferPreviewItemView {
  readonly sourceDealId: number;
  /** Null when the deal is not there. */
  readonly name: string | null;
  readonly error: RemarkView | null;
  /** Empty when the deal is as wanted already. */
  readonly differences: readonly TransferDifferenceView[];
  /** How many would be handed to the new responsible with the deal. */
  readonly handedOver: { readonly tasks: number; readonly contacts: number; readonly companies: number };
  readonly warnings: readonly RemarkView[];
}

/** What a transfer would do and cost. Nothing was written. */
export interface TransferPreviewView {
  readonly total: number;
  /** How many of the deals were read for this preview; the cost of the rest is estimated from them. */
  readonly sampled: number;
  readonly cost: TransferCost;
  readonly items: readonly TransferPreviewItemView[];
}
