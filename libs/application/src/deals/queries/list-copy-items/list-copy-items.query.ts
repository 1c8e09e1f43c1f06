import { Query } from '@nestjs/cqrs';
import type { CopyOperationId } from '#domain/shared/ids.js';
import type { CopyItemStatus } from '#domain/deals/copy-item.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { CopyItemView } from './copy-item.view.js';

/** Items of an operation in the order of the request. @throws AppError `deals.copy_not_found` */
@Permission('deals:read')
export class ListCopyItemsQuery extends Query<Page<CopyItemView>> {
  constructor(
    readonly id: CopyOperationId,
    readonly filter: { readonly status?: CopyItemStatus },
    readonly page: PageRequest,
  ) {
    super();
  }
}
