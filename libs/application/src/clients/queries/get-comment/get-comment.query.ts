import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { CommentHistoryView, CommentView } from './comment.view.js';

/** One comment. @throws AppError `clients.comment_unknown` */
@Permission('clients:read')
export class GetCommentQuery extends Query<CommentView> {
  constructor(readonly id: string) {
    super();
  }
}

/** Everything that a comment has said. @throws AppError `clients.comment_unknown` */
@Permission('clients:read')
export class GetCommentHistoryQuery extends Query<CommentHistoryView> {
  constructor(readonly id: string) {
    super();
  }
}
