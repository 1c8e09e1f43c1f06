import type { CopyLane, CopyStatus } from '#domain/deals/copy-operation.js';
import type { TransferOptions } from '#domain/deals/transfer/transfer-options.js';
import type { Estimated } from '../../estimates/estimate.view.js';

/** A transfer as it is stored: without its estimate. Instants are ISO 8601. */
export interface StoredTransfer {
  readonly id: string;
  readonly status: CopyStatus;
  readonly lane: CopyLane;
  readonly progress: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly cancelled: number;
    /** Deals that are as wanted already, some still without what is handed over with them. */
    readonly moved: number;
    /** 0 to 100, counted in steps of all items. */
    readonly percent: number;
  };
  /** Of an undoing: those of the transfer that it puts back. */
  readonly options: TransferOptions;
  readonly undoOf: string | null;
  readonly requestedBy: string | null;
  readonly cancelRequested: boolean;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** In a list: without its options. */
export type StoredTransferListItem = Omit<StoredTransfer, 'options'>;

/** A transfer as its screen shows it. */
export type TransferView = Estimated<StoredTransfer>;

/** A transfer in a list: without its options. */
export type TransferListItemView = Estimated<StoredTransferListItem>;
