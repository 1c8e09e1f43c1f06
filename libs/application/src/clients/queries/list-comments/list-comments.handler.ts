import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { Page } from '#application/shared/paging.js';
import { AuthorNames } from '../../history/author-names.js';
import { HISTORY_SCREENS, type HistoryScreens } from '../../ports/client-entries.js';
import type { CommentRowView } from '../get-comment/comment.view.js';
import { ListCommentsQuery } from './list-comments.query.js';

@QueryHandler(ListCommentsQuery)
export class ListCommentsHandler implements IQueryHandler<ListCommentsQuery> {
  constructor(
    @Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens,
    private readonly names: AuthorNames,
  ) {}

  async execute({ clientId, page }: ListCommentsQuery): Promise<Page<CommentRowView>> {
    const found = await this.screens.comments(clientId, page);
    if (!found) throw new AppError(clientsErrors['clients.client_unknown']);
    return { items: await this.names.fill(found.items), nextCursor: found.nextCursor };
  }
}
