import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** Mark one of the caller's notifications as read; no mail tells of it any more. @throws AppError `notifications.unknown` */
@Permission('identity:read-self')
export class ReadNotificationCommand extends Command<void> {
  constructor(readonly id: string) {
    super();
  }
}

/** Mark all of the caller's notifications in this workspace as read. */
@Permission('identity:read-self')
export class ReadAllNotificationsCommand extends Command<void> {}
