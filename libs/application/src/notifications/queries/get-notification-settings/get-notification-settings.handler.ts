import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { NOTIFICATIONS, type Notifications } from '../../ports/notifications.js';
import { OwnNotifications } from '../../services/own-notifications.js';
import { GetNotificationSettingsQuery, type NotificationSettingsView } from './get-notification-settings.query.js';

@QueryHandler(GetNotificationSettingsQuery)
export class GetNotificationSettingsHandler implements IQueryHandler<GetNotificationSettingsQuery> {
  constructor(
    private readonly own: OwnNotifications,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
  ) {}

  async execute(): Promise<NotificationSettingsView> {
    return { mentionsByMail: await this.notifications.wantsMentionsByMail(this.own.memberId()) };
  }
}
