import { Module } from '@nestjs/common';
import { NotificationsController } from './notifications.controller.js';

/** Routes of the notifications context. */
@Module({ controllers: [NotificationsController] })
export class NotificationsHttpModule {}
