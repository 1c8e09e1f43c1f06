import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { CopyLane, CopyStatus } from '#domain/deals/copy-operation.js';
import type { Estimated } from '../../estimates/estimate.view.js';

/** An operation as it is stored: without its estimate. Instants are ISO 8601. */
export interface StoredCopy {
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

/** In a list: without its options. */
export type StoredCopyListItem = Omit<StoredCopy, 'options'>;

/** An operation as its screen shows it. */
export type CopyView = Estimated<StoredCopy>;

/** An operation in a list: without its options. */
export type CopyListItemView = Estimated<StoredCopyListItem>;
