import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { NOTIFICATIONS, type Notifications } from '../../ports/notifications.js';
import type { NotificationSettingsView } from '../../queries/get-notification-settings/get-notification-settings.query.js';
import { OwnNotifications } from '../../services/own-notifications.js';
import { ChangeNotificationSettingsCommand } from './change-notification-settings.command.js';

@CommandHandler(ChangeNotificationSettingsCommand)
export class ChangeNotificationSettingsHandler implements ICommandHandler<ChangeNotificationSettingsCommand> {
  constructor(
    private readonly own: OwnNotifications,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ mentionsByMail }: ChangeNotificationSettingsCommand): Promise<NotificationSettingsView> {
    await this.notifications.setMentionsByMail(this.own.memberId(), mentionsByMail, this.clock.now());
    return { mentionsByMail };
  }
}
