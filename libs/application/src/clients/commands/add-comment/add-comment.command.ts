import { Command } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { CommentView } from '../../queries/get-comment/comment.view.js';

/**
 * Write a comment on a client. Whoever it mentions is told: `clients.member_mentioned`.
 *
 * @throws AppError `clients.client_unknown` | `shared.validation_failed` when somebody mentioned is no member,
 *   or a file is not free
 */
@Permission('clients:write')
export class AddCommentCommand extends Command<CommentView> {
  constructor(
    readonly clientId: ClientId,
    /** 1 to 10 000 characters; `@{member id}` mentions somebody. */
    readonly text: string,
    /** Members mentioned beside the text. */
    readonly mentions: readonly string[] = [],
    /** Files of the author's own that belong to nothing yet. */
    readonly fileIds: readonly string[] = [],
  ) {
    super();
  }
}
