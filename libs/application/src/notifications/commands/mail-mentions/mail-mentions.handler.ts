import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { NOTIFICATIONS, type Notifications } from '../../ports/notifications.js';
import { MentionMail } from '../../services/mention-mail.js';
import { MentionPlaces } from '../../services/mention-places.js';
import { MailMentionsCommand } from './mail-mentions.command.js';

@CommandHandler(MailMentionsCommand)
export class MailMentionsHandler implements ICommandHandler<MailMentionsCommand> {
  constructor(
    private readonly places: MentionPlaces,
    private readonly mail: MentionMail,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ memberId }: MailMentionsCommand): Promise<void> {
    const at = this.clock.now();
    const taken = await this.notifications.takeDue(memberId, at);
    const unread = taken.filter(({ readAt }) => readAt === null);
    if (unread.length === 0 || !(await this.notifications.wantsMentionsByMail(memberId))) return;
    const recipient = await this.places.recipient(memberId);
    if (!recipient) return;
    const places = await this.places.of(
      memberId,
      unread.map(({ entryId }) => entryId),
    );
    if (places.length > 0) await this.mail.send(recipient.email, places, at);
  }
}
