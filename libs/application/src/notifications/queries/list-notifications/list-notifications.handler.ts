import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type CommentPlaceView, FindCommentsQuery } from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { type Notification, NOTIFICATIONS, type Notifications } from '../../ports/notifications.js';
import { OwnNotifications } from '../../services/own-notifications.js';
import { ListNotificationsQuery } from './list-notifications.query.js';
import type { NotificationsView, NotificationView } from './notification.view.js';

@QueryHandler(ListNotificationsQuery)
export class ListNotificationsHandler implements IQueryHandler<ListNotificationsQuery> {
  constructor(
    private readonly own: OwnNotifications,
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
  ) {}

  async execute({ onlyUnread, page }: ListNotificationsQuery): Promise<NotificationsView> {
    const memberId = this.own.memberId();
    const { items, nextCursor } = await this.notifications.list(memberId, onlyUnread, page);
    const places = await this.placesOf(items);
    return {
      items: items.map((one) => shown(one, places.get(one.entryId))),
      nextCursor,
      unreadCount: await this.notifications.countUnread(memberId),
    };
  }

  private async placesOf(items: readonly Notification[]): Promise<ReadonlyMap<string, CommentPlaceView>> {
    const { actor } = this.context.get();
    if (!('permissions' in actor) || !actor.permissions.has('clients:read')) return new Map();
    const places = await this.context.run({ ...this.context.get(), actor: { kind: 'system' } }, () =>
      this.bus.ask(new FindCommentsQuery(items.map(({ entryId }) => entryId))),
    );
    return new Map(places.map((place) => [place.id, place]));
  }
}

const shown = ({ entryId, ...one }: Notification, place: CommentPlaceView | undefined): NotificationView => ({
  ...one,
  commentId: entryId,
  clientName: place?.clientName ?? null,
  authorName: place?.authorName ?? null,
});
