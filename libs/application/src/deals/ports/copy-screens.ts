import type { CopyItemStatus, CopyStep } from '#domain/deals/copy-item.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { CopyWorkLeft } from '#domain/deals/copy-estimate.js';
import type { CopyLane, CopyStatus } from '#domain/deals/copy-operation.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { CopyOperationId } from '#domain/shared/ids.js';
import type { Page, PageRequest } from '../../shared/paging.js';
import type { CopyView, Unestimated } from '../queries/get-copy/copy.view.js';

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

/** What is left of an operation that is under way. */
export interface OpenWork {
  readonly id: string;
  readonly lane: CopyLane;
  readonly parts: Pick<CopyOptions, 'tasks' | 'notes' | 'products' | 'linkNotes'>;
  readonly left: CopyWorkLeft;
}

/** Read-only SQL behind the screens of copying, in the current workspace. */
export interface CopyScreens {
  operation(id: CopyOperationId): Promise<Omit<CopyView, 'estimate'> | null>;
  /** Newest first. */
  operations(filter: CopyFilter, page: PageRequest): Promise<Page<Unestimated>>;
  /** Operations that have not ended, with what is left of them. */
  openWork(): Promise<readonly OpenWork[]>;
  /** In the order of the request. */
  items(
    id: CopyOperationId,
    filter: { readonly status?: CopyItemStatus },
    page: PageRequest,
  ): Promise<Page<CopyItemRecord>>;
}
export const COPY_SCREENS = Symbol('CopyScreens');
