import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { PageRequest } from '#application/shared/paging.js';
import type { NotificationsView } from './notification.view.js';

/** The caller's own notifications in this workspace, newest first. */
@Permission('identity:read-self')
export class ListNotificationsQuery extends Query<NotificationsView> {
  constructor(
    readonly onlyUnread: boolean,
    readonly page: PageRequest,
  ) {
    super();
  }
}
