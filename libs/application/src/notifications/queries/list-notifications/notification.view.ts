import type { Page } from '#application/shared/paging.js';

export const NOTIFICATION_KINDS = ['mention'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** What the caller was told. */
export interface NotificationView {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly clientId: string;
  /** Null when client or comment are gone, or the caller may not see clients any more. */
  readonly clientName: string | null;
  readonly commentId: string;
  /** Who wrote the comment; null when nobody knows a name, and where `clientName` is. */
  readonly authorName: string | null;
  readonly createdAt: Date;
  /** Null until it was read. */
  readonly readAt: Date | null;
}

export interface NotificationsView extends Page<NotificationView> {
  /** Of all, not of this page. */
  readonly unreadCount: number;
}
