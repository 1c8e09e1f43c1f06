import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { CommentRowView } from '../get-comment/comment.view.js';

/** A client's comments, newest first. @throws AppError `clients.client_unknown` */
@Permission('clients:read')
export class ListCommentsQuery extends Query<Page<CommentRowView>> {
  constructor(
    readonly clientId: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
