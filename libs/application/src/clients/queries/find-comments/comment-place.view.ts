import type { AuthorView } from '../get-comment/comment.view.js';

/** Where a comment stands and whom it mentions, without what it says. */
export interface CommentPlaceView extends AuthorView {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  /** Ids of the members that it mentions. */
  readonly mentions: readonly string[];
}
