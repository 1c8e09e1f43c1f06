import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import type { Page } from '../../../shared/paging.js';
import { withReport } from '../../i18n/texts.js';
import { COPY_SCREENS, type CopyScreens } from '../../ports/copy-screens.js';
import type { CopyItemView } from './copy-item.view.js';
import { ListCopyItemsQuery } from './list-copy-items.query.js';

@QueryHandler(ListCopyItemsQuery)
export class ListCopyItemsHandler implements IQueryHandler<ListCopyItemsQuery> {
  constructor(
    @Inject(COPY_SCREENS) private readonly screens: CopyScreens,
    private readonly context: CurrentContext,
  ) {}

  async execute({ id, filter, page }: ListCopyItemsQuery): Promise<Page<CopyItemView>> {
    if (!(await this.screens.operation(id))) throw new AppError(dealsErrors['deals.copy_not_found']);
    const { language } = this.context.get();
    const { items, nextCursor } = await this.screens.items(id, filter, page);
    return { nextCursor, items: items.map((item) => withReport(item, language)) };
  }
}
