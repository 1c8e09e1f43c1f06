import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { TRANSFER_SCREENS, type TransferScreens } from '../../ports/transfer-screens.js';
import type { TransferListItemView } from '../get-transfer/transfer.view.js';
import { ListTransfersQuery } from './list-transfers.query.js';

@QueryHandler(ListTransfersQuery)
export class ListTransfersHandler implements IQueryHandler<ListTransfersQuery> {
  constructor(@Inject(TRANSFER_SCREENS) private readonly screens: TransferScreens) {}

  execute({ filter, page }: ListTransfersQuery): Promise<Page<TransferListItemView>> {
    return this.screens.operations(filter, page);
  }
}
