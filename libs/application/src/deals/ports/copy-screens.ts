import type { CopyItemStatus, CopyStep } from '#domain/deals/copy-item.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { CopyStatus } from '#domain/deals/copy-operation.js';
import type { CopyOperationId } from '#domain/shared/ids.js';
import type { Page, PageRequest } from '../../shared/paging.js';
import type { StoredCopy, StoredCopyListItem } from '../queries/get-copy/copy.view.js';

/** An item as it is stored; its remarks are put into words by the query. */
export interface CopyItemRecord {
  readonly id: string;
  readonly seq: number;
  readonly sourceDealId: number;
  readonly targetDealId: number | null;
  readonly status: CopyItemStatus;
  readonly step: CopyStep;
  readonly error: CopyRemark | null;
  readonly remarks: readonly CopyRemark[];
  readonly finishedAt: string | null;
}

export interface CopyFilter {
  readonly status?: CopyStatus;
  readonly origin?: 'request' | 'hook';
}

/** Read-only SQL behind the screens of copying, in the current workspace. */
export interface CopyScreens {
  operation(id: CopyOperationId): Promise<StoredCopy | null>;
  /** Newest first. */
  operations(filter: CopyFilter, page: PageRequest): Promise<Page<StoredCopyListItem>>;
  /** In the order of the request. */
  items(
    id: CopyOperationId,
    filter: { readonly status?: CopyItemStatus },
    page: PageRequest,
  ): Promise<Page<CopyItemRecord>>;
}
export const COPY_SCREENS = Symbol('CopyScreens');
