import { Command } from '@nestjs/cqrs';
import type { ClientEntryId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { CommentView } from '../../queries/get-comment/comment.view.js';

/**
 * Say something else in one's own comment; what it said is kept.
 *
 * @throws AppError `clients.comment_unknown` | `clients.not_the_author` | `shared.version_conflict` |
 *   `shared.validation_failed`
 */
@Permission('clients:write')
export class EditCommentCommand extends Command<CommentView> {
  constructor(
    readonly id: ClientEntryId,
    readonly text: string,
    /** Members mentioned beside the text; those of before when left out. */
    readonly mentions?: readonly string[],
    /** The version that the caller saw; undefined = whatever it is. */
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

/**
 * Take a comment away: one's own, or anybody's with the right to delete clients.
 *
 * @throws AppError `clients.comment_unknown` | `clients.not_the_author` | `shared.version_conflict`
 */
@Permission('clients:write')
export class DeleteCommentCommand extends Command<void> {
  constructor(
    readonly id: ClientEntryId,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}

/** Put a comment at the top of the client's card, or back. @throws AppError `clients.comment_unknown` | `clients.too_many_pinned` */
@Permission('clients:write')
export class PinCommentCommand extends Command<CommentView> {
  constructor(
    readonly id: ClientEntryId,
    readonly isPinned: boolean,
  ) {
    super();
  }
}
