import type { CopyItemStatus, TransferStep } from '#domain/deals/copy-item.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { CopyStatus } from '#domain/deals/copy-operation.js';
import type { ChangedEntity, ChangeState, EntityState } from '#domain/deals/transfer/entity-change.js';
import type { TransferId } from '#domain/shared/ids.js';
import type { Page, PageRequest } from '../../shared/paging.js';
import type { StoredTransfer, StoredTransferListItem } from '../queries/get-transfer/transfer.view.js';

/** What was changed, or is to be: kept from before the first write on. */
export interface TransferChangeView {
  readonly entity: ChangedEntity;
  readonly entityId: number;
  readonly before: EntityState;
  readonly after: EntityState;
  readonly state: ChangeState;
}

/** An item as it is stored; its remarks are put into words by the query. */
export interface TransferItemRecord {
  readonly id: string;
  readonly seq: number;
  readonly sourceDealId: number;
  readonly status: CopyItemStatus;
  readonly step: TransferStep;
  readonly error: CopyRemark | null;
  readonly remarks: readonly CopyRemark[];
  readonly changes: readonly TransferChangeView[];
  readonly finishedAt: string | null;
}

export interface TransferFilter {
  readonly status?: CopyStatus;
  /** Undoings of this transfer only. */
  readonly undoOf?: TransferId;
}

/** Read-only SQL behind the screens of transfers, in the current workspace. */
export interface TransferScreens {
  operation(id: TransferId): Promise<StoredTransfer | null>;
  /** Newest first. */
  operations(filter: TransferFilter, page: PageRequest): Promise<Page<StoredTransferListItem>>;
  /** In the order of the request. */
  items(
    id: TransferId,
    filter: { readonly status?: CopyItemStatus },
    page: PageRequest,
  ): Promise<Page<TransferItemRecord>>;
}
export const TRANSFER_SCREENS = Symbol('TransferScreens');
