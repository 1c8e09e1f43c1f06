import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLIENT_VIEWS, type ClientViews } from '../../ports/client-views.js';
import { ListClientViewsQuery } from './list-client-views.query.js';
import type { SavedViewView } from './saved-view.view.js';

@QueryHandler(ListClientViewsQuery)
export class ListClientViewsHandler implements IQueryHandler<ListClientViewsQuery> {
  constructor(
    @Inject(CLIENT_VIEWS) private readonly views: ClientViews,
    private readonly context: CurrentContext,
  ) {}

  async execute(): Promise<{ readonly items: readonly SavedViewView[] }> {
    return { items: await this.views.list(this.context.userId()) };
  }
}
