import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import type { Page } from '../../../shared/paging.js';
import { withReport } from '../../i18n/texts.js';
import { TRANSFER_SCREENS, type TransferScreens } from '../../ports/transfer-screens.js';
import { ListTransferItemsQuery } from './list-transfer-items.query.js';
import type { TransferItemView } from './transfer-item.view.js';

@QueryHandler(ListTransferItemsQuery)
export class ListTransferItemsHandler implements IQueryHandler<ListTransferItemsQuery> {
  constructor(
    @Inject(TRANSFER_SCREENS) private readonly screens: TransferScreens,
    private readonly context: CurrentContext,
  ) {}

  async execute({ id, filter, page }: ListTransferItemsQuery): Promise<Page<TransferItemView>> {
    if (!(await this.screens.operation(id))) throw new AppError(dealsErrors['deals.transfer_not_found']);
    const { language } = this.context.get();
    const { items, nextCursor } = await this.screens.items(id, filter, page);
    return { nextCursor, items: items.map((item) => withReport(item, language)) };
  }
}
