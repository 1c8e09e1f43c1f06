import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { AuthorView } from '../get-comment/comment.view.js';

/** Where a comment stands and whom it mentions, without what it says. */
export interface CommentPlaceView extends AuthorView {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  /** Ids of the members that it mentions. */
  readonly mentions: readonly string[];
}

/** Those of the ids that are comments, in no order; removed ones and those of deleted clients are left out. For other contexts. */
@Permission('system')
export class FindCommentsQuery extends Query<readonly CommentPlaceView[]> {
  constructor(readonly ids: readonly string[]) {
    super();
  }
}
