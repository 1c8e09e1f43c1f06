import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { COPY_SCREENS, type CopyScreens } from '../../ports/copy-screens.js';
import { OperationEstimates } from '../../estimates/operation-estimates.js';
import type { CopyListItemView } from '../get-copy/copy.view.js';
import { ListCopiesQuery } from './list-copies.query.js';

@QueryHandler(ListCopiesQuery)
export class ListCopiesHandler implements IQueryHandler<ListCopiesQuery> {
  constructor(
    @Inject(COPY_SCREENS) private readonly screens: CopyScreens,
    private readonly estimates: OperationEstimates,
  ) {}

  async execute({ filter, page }: ListCopiesQuery): Promise<Page<CopyListItemView>> {
    const { items, nextCursor } = await this.screens.operations(filter, page);
    return { items: await this.estimates.of(items), nextCursor };
  }
}
