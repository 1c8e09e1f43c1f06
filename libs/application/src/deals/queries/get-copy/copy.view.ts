import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { CopyLane, CopyStatus } from '#domain/deals/copy-operation.js';

/** What is left of an operation, and how long that will take with all that waits in the same account. */
export interface CopyEstimateView {
  /** Requests to amoCRM. Deals that nobody has read yet are taken for usual ones. */
  readonly remainingRequests: number;
  readonly secondsLeft: number;
}

/** An operation as its screen shows it. Instants are ISO 8601. */
export interface CopyView {
  readonly id: string;
  readonly status: CopyStatus;
  readonly origin: 'request' | 'hook';
  readonly lane: CopyLane;
  readonly progress: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly cancelled: number;
    /** Deals that exist at amoCRM already, some still without their tasks and notes. */
    readonly created: number;
    /** 0 to 100, counted in steps of all items. */
    readonly percent: number;
  };
  /** Both 0 once it has ended; null while amoCRM takes no calls for the workspace, because then nothing moves. */
  readonly estimate: CopyEstimateView | null;
  readonly options: CopyOptions;
  readonly requestedBy: string | null;
  /** Number at amoCRM of whoever asked for it; null for hooks and people without one. */
  readonly requesterAmoUserId: number | null;
  readonly hookTokenId: string | null;
  readonly cancelRequested: boolean;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** An operation in a list: without its options. */
export type CopyListItemView = Omit<CopyView, 'options'>;

/** An operation as it is stored: without its estimate. */
export type Unestimated = Omit<CopyListItemView, 'estimate'>;
