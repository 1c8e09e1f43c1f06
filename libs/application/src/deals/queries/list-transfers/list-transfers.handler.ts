import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { TRANSFER_SCREENS, type TransferScreens } from '../../ports/transfer-screens.js';
import { OperationEstimates } from '../../estimates/operation-estimates.js';
import type { TransferListItemView } from '../get-transfer/transfer.view.js';
import { ListTransfersQuery } from './list-transfers.query.js';

@QueryHandler(ListTransfersQuery)
export class ListTransfersHandler implements IQueryHandler<ListTransfersQuery> {
  constructor(
    @Inject(TRANSFER_SCREENS) private readonly screens: TransferScreens,
    private readonly estimates: OperationEstimates,
  ) {}

  async execute({ filter, page }: ListTransfersQuery): Promise<Page<TransferListItemView>> {
    const { items, nextCursor } = await this.screens.operations(filter, page);
    return { items: await this.estimates.of(items), nextCursor };
  }
}
