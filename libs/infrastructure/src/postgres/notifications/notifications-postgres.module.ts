import { Global, Module } from '@nestjs/common';
import { NOTIFICATION_CARE } from '#application/notifications/ports/notification-care.js';
import { NOTIFICATIONS } from '#application/notifications/ports/notifications.js';
import { PgNotificationCare } from './pg-notification-care.js';
import { PgNotifications } from './pg-notifications.js';

/** Binds the ports of the context `notifications` to Postgres. */
@Global()
@Module({
  providers: [
    { provide: NOTIFICATIONS, useClass: PgNotifications },
    { provide: NOTIFICATION_CARE, useClass: PgNotificationCare },
  ],
  exports: [NOTIFICATIONS, NOTIFICATION_CARE],
})
export class NotificationsPostgresModule {}
