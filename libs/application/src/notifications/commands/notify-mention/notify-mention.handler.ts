import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { NOTIFICATIONS, type Notifications } from '../../ports/notifications.js';
import { MentionPlaces } from '../../services/mention-places.js';
import { NotifyMentionCommand } from './notify-mention.command.js';

/** Mentions that follow within this time come in the same mail; none waits longer. */
export const MAIL_AFTER_MS = 5 * 60_000;

@CommandHandler(NotifyMentionCommand)
export class NotifyMentionHandler implements ICommandHandler<NotifyMentionCommand> {
  constructor(
    private readonly places: MentionPlaces,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ mention: { entryId, memberId, authorKind, authorId } }: NotifyMentionCommand): Promise<void> {
    if (authorKind === 'user' && authorId === memberId) return;
    const [place] = await this.places.of(memberId, [entryId]);
    if (!place || !(await this.places.recipient(memberId))) return;
    const createdAt = this.clock.now();
    const wantsMail = await this.notifications.wantsMentionsByMail(memberId);
    await this.notifications.add({
      id: this.ids.next(),
      memberId,
      kind: 'mention',
      entryId,
      clientId: place.clientId,
      createdAt,
      mailDueAt: wantsMail ? new Date(createdAt.getTime() + MAIL_AFTER_MS) : null,
    });
  }
}
