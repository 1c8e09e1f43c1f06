import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { NOTIFICATION_CARE, type NotificationCare } from '../../ports/notification-care.js';
import { ForgetNotificationsCommand } from './forget-notifications.command.js';

const KEPT_MS = 90 * 86_400_000;

@CommandHandler(ForgetNotificationsCommand)
export class ForgetNotificationsHandler implements ICommandHandler<ForgetNotificationsCommand> {
  constructor(
    @Inject(NOTIFICATION_CARE) private readonly care: NotificationCare,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(): Promise<number> {
    return this.care.forget(new Date(this.clock.now().getTime() - KEPT_MS));
  }
}
