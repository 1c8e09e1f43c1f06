import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { AuthorNames } from '../../history/author-names.js';
import { HISTORY_SCREENS, type HistoryScreens } from '../../ports/client-entries.js';
import type { CommentHistoryView, CommentView } from './comment.view.js';
import { GetCommentHistoryQuery, GetCommentQuery } from './get-comment.query.js';

const found = async (screens: HistoryScreens, id: string): Promise<CommentView> => {
  const comment = await screens.comment(id);
  if (!comment) throw new AppError(clientsErrors['clients.comment_unknown']);
  return comment;
};

@QueryHandler(GetCommentQuery)
export class GetCommentHandler implements IQueryHandler<GetCommentQuery> {
  constructor(
    @Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens,
    private readonly names: AuthorNames,
  ) {}

  async execute({ id }: GetCommentQuery): Promise<CommentView> {
    const comment = await found(this.screens, id);
    const [named] = await this.names.fill([comment]);
    return named ?? comment;
  }
}

@QueryHandler(GetCommentHistoryQuery)
export class GetCommentHistoryHandler implements IQueryHandler<GetCommentHistoryQuery> {
  constructor(@Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens) {}

  async execute({ id }: GetCommentHistoryQuery): Promise<CommentHistoryView> {
    const { version, text, createdAt, editedAt } = await found(this.screens, id);
    const earlier = await this.screens.versions(id);
    return { items: [{ version, text, writtenAt: editedAt ?? createdAt }, ...[...earlier].reverse()] };
  }
}
