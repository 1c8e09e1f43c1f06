import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { NotificationSettingsView } from '../../queries/get-notification-settings/get-notification-settings.query.js';

/** Say what the caller wants to be told by mail in this workspace. */
@Permission('identity:read-self')
export class ChangeNotificationSettingsCommand extends Command<NotificationSettingsView> {
  constructor(readonly mentionsByMail: boolean) {
    super();
  }
}
