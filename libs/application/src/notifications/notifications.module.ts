import { Module } from '@nestjs/common';
import { ChangeNotificationSettingsHandler } from './commands/change-notification-settings/change-notification-settings.handler.js';
import { ForgetNotificationsHandler } from './commands/forget-notifications/forget-notifications.handler.js';
import { MailMentionsHandler } from './commands/mail-mentions/mail-mentions.handler.js';
import { NotifyMentionHandler } from './commands/notify-mention/notify-mention.handler.js';
import {
  ReadAllNotificationsHandler,
  ReadNotificationHandler,
} from './commands/read-notifications/read-notifications.handler.js';
import { GetNotificationSettingsHandler } from './queries/get-notification-settings/get-notification-settings.handler.js';
import { ListNotificationsHandler } from './queries/list-notifications/list-notifications.handler.js';
import { MentionMail } from './services/mention-mail.js';
import { MentionPlaces } from './services/mention-places.js';
import { OwnNotifications } from './services/own-notifications.js';
import './subscriptions.js';

/** The notifications context: what members are told, in the product and by mail. */
@Module({
  providers: [
    ChangeNotificationSettingsHandler,
    ForgetNotificationsHandler,
    MailMentionsHandler,
    NotifyMentionHandler,
    ReadAllNotificationsHandler,
    ReadNotificationHandler,
    GetNotificationSettingsHandler,
    ListNotificationsHandler,
    MentionMail,
    MentionPlaces,
    OwnNotifications,
  ],
})
export class NotificationsApplicationModule {}
