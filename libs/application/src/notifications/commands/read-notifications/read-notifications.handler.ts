import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { notificationsErrors } from '#domain/notifications/notifications.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { NOTIFICATIONS, type Notifications } from '../../ports/notifications.js';
import { OwnNotifications } from '../../services/own-notifications.js';
import { ReadAllNotificationsCommand, ReadNotificationCommand } from './read-notifications.command.js';

@CommandHandler(ReadNotificationCommand)
export class ReadNotificationHandler implements ICommandHandler<ReadNotificationCommand> {
  constructor(
    private readonly own: OwnNotifications,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: ReadNotificationCommand): Promise<void> {
    if (await this.notifications.read(this.own.memberId(), id, this.clock.now())) return;
    throw new AppError(notificationsErrors['notifications.unknown']);
  }
}

@CommandHandler(ReadAllNotificationsCommand)
export class ReadAllNotificationsHandler implements ICommandHandler<ReadAllNotificationsCommand> {
  constructor(
    private readonly own: OwnNotifications,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(): Promise<void> {
    return this.notifications.readAll(this.own.memberId(), this.clock.now());
  }
}
