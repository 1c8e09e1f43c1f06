import type { CopyStatus } from '#domain/deals/copy-operation.js';

/** What is left of an operation, and how long that will take with all that waits in the same account. */
export interface EstimateView {
  /** Requests to amoCRM. Deals that nobody has read yet are taken for usual ones. */
  readonly remainingRequests: number;
  readonly secondsLeft: number;
}

/** An operation that an estimate can be put to. */
export interface Estimable {
  readonly id: string;
  readonly status: CopyStatus;
}

/** An operation with its estimate. */
export type Estimated<V> = V & {
  /** Both 0 once it has ended; null while amoCRM takes no calls for the workspace, because then nothing moves. */
  readonly estimate: EstimateView | null;
};
