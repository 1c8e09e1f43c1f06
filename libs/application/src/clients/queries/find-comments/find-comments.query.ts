import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { CommentPlaceView } from './comment-place.view.js';

/** Those of the ids that are comments, in no order; removed ones and those of deleted clients are left out. For other contexts. */
@Permission('system')
export class FindCommentsQuery extends Query<readonly CommentPlaceView[]> {
  constructor(readonly ids: readonly string[]) {
    super();
  }
}
