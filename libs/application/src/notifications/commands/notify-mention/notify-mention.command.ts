import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** A comment that mentions a member, as the event tells it. */
export interface Mention {
  readonly entryId: string;
  readonly memberId: string;
  readonly authorKind: string;
  readonly authorId: string | null;
}

/**
 * Tell a member that a comment mentions him: once for each comment, however often the event comes. Not told are blocked
 * members, those who may not see clients, who mentions himself, and of what is deleted or mentions him no more.
 */
@Permission('system')
export class NotifyMentionCommand extends Command<void> {
  constructor(readonly mention: Mention) {
    super();
  }
}
