import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/** What the caller wants to be told, and how. */
export interface NotificationSettingsView {
  /** True unless the caller has said otherwise. */
  readonly mentionsByMail: boolean;
}

@Permission('identity:read-self')
export class GetNotificationSettingsQuery extends Query<NotificationSettingsView> {}
