import type { Page, PageRequest } from '#application/shared/paging.js';
import type { NotificationKind } from '../queries/list-notifications/notification.view.js';

/** What a member is told. */
export interface Notification {
  readonly id: string;
  readonly kind: NotificationKind;
  /** The comment that it is about. */
  readonly entryId: string;
  readonly clientId: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface NewNotification extends Omit<Notification, 'readAt'> {
  readonly memberId: string;
  /** From when on a mail may tell of it; null when none is to. */
  readonly mailDueAt: Date | null;
}

/** Notifications of members of the current workspace. */
export interface Notifications {
  /** Store one, unless the member was told of this entry before. */
  add(notification: NewNotification): Promise<void>;
  /** Newest first. @throws AppError `shared.validation_failed` for a cursor that is not ours */
  list(memberId: string, onlyUnread: boolean, page: PageRequest): Promise<Page<Notification>>;
  countUnread(memberId: string): Promise<number>;
  /** One that was read before stays as it is. @returns false when the member has no such notification */
  read(memberId: string, id: string, at: Date): Promise<boolean>;
  readAll(memberId: string, at: Date): Promise<void>;
  /** Take those of which a mail is to tell, oldest first; nobody else gets them. Empty when the first is not due yet. */
  takeDue(memberId: string, at: Date): Promise<readonly Notification[]>;
  /** True unless the member has said otherwise. */
  wantsMentionsByMail(memberId: string): Promise<boolean>;
  setMentionsByMail(memberId: string, wanted: boolean, at: Date): Promise<void>;
}
export const NOTIFICATIONS = Symbol('Notifications');
