import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { TransferFilter } from '../../ports/transfer-screens.js';
import type { TransferListItemView } from '../get-transfer/transfer.view.js';

/** Transfers of the workspace, newest first, undoings among them. */
@Permission('deals:read')
export class ListTransfersQuery extends Query<Page<TransferListItemView>> {
  constructor(
    readonly filter: TransferFilter,
    readonly page: PageRequest,
  ) {
    super();
  }
}
