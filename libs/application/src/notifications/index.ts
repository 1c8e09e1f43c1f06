// What other contexts and the edges may use of the notifications context.
export { ChangeNotificationSettingsCommand } from './commands/change-notification-settings/change-notification-settings.command.js';
export { ForgetNotificationsCommand } from './commands/forget-notifications/forget-notifications.command.js';
export { MailMentionsCommand } from './commands/mail-mentions/mail-mentions.command.js';
export {
  ReadAllNotificationsCommand,
  ReadNotificationCommand,
} from './commands/read-notifications/read-notifications.command.js';
export { NOTIFICATION_CARE, type NotificationCare } from './ports/notification-care.js';
export {
  GetNotificationSettingsQuery,
  type NotificationSettingsView,
} from './queries/get-notification-settings/get-notification-settings.query.js';
export { ListNotificationsQuery } from './queries/list-notifications/list-notifications.query.js';
export {
  NOTIFICATION_KINDS,
  type NotificationsView,
  type NotificationView,
} from './queries/list-notifications/notification.view.js';
export { notificationsErrors } from '#domain/notifications/notifications.errors.js';
