import { Query } from '@nestjs/cqrs';
import type { TransferId } from '#domain/shared/ids.js';
import type { CopyItemStatus } from '#domain/deals/copy-item.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { TransferItemView } from './transfer-item.view.js';

/** Items of a transfer in the order of the request, with what each was before. @throws AppError `deals.transfer_not_found` */
@Permission('deals:read')
export class ListTransferItemsQuery extends Query<Page<TransferItemView>> {
  constructor(
    readonly id: TransferId,
    readonly filter: { readonly status?: CopyItemStatus },
    readonly page: PageRequest,
  ) {
    super();
  }
}
