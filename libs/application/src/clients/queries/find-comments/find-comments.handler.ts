import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuthorNames } from '../../history/author-names.js';
import { HISTORY_SCREENS, type HistoryScreens } from '../../ports/client-entries.js';
import type { CommentPlaceView } from './comment-place.view.js';
import { FindCommentsQuery } from './find-comments.query.js';

@QueryHandler(FindCommentsQuery)
export class FindCommentsHandler implements IQueryHandler<FindCommentsQuery> {
  constructor(
    @Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens,
    private readonly names: AuthorNames,
  ) {}

  async execute({ ids }: FindCommentsQuery): Promise<readonly CommentPlaceView[]> {
    return ids.length === 0 ? [] : this.names.fill(await this.screens.commentPlaces(ids));
  }
}
